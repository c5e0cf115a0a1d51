/* SPDX-License-Identifier: Apache-2.0 */
#include "board.h"

#include "parts.h"

#define SEMIHOSTING_EXIT_EXTENDED 0x20u
#define STOPPED_APPLICATION_EXIT 0x20026u

void board_init(void)
{
    setup_init();
    console_init();
    counter_init();
}

/* Arm semihosting 2.0, SYS_EXIT_EXTENDED. Without a debugger the breakpoint faults and the fault handler
   in startup.c steps over it. */
void board_exit(int status)
{
    volatile uint32_t block[2];
    register uint32_t operation __asm__("r0") = SEMIHOSTING_EXIT_EXTENDED;
    register volatile uint32_t *parameter __asm__("r1") = block;

    console_flush();
    block[0] = STOPPED_APPLICATION_EXIT;
    block[1] = (uint32_t)status;
    __asm__ volatile("bkpt 0xab" : "+r"(operation) : "r"(parameter) : "memory");
    for (;;) {
    }
}
