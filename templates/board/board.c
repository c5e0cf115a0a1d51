/* SPDX-License-Identifier: Apache-2.0 */
#include "board.h"

#include "parts.h"

#define SEMIHOSTING_EXIT_EXTENDED 0x20u
#define STOPPED_APPLICATION_EXIT 0x20026u

void board_init(void)
{
    setup_init();
    caches_init();
    console_init();
    counter_init();
}

/* Arm semihosting 2.0, SYS_EXIT_EXTENDED. Without a debugger the breakpoint faults and the fault handler
   in startup.c steps over it. */
void board_exit(int status)
{
    volatile uint32_t block[2] = {STOPPED_APPLICATION_EXIT, (uint32_t)status};

    console_flush();
    __asm__ volatile("mov r0, %0\n\tmov r1, %1\n\tbkpt 0xab"
                     :
                     : "r"(SEMIHOSTING_EXIT_EXTENDED), "r"(block)
                     : "r0", "r1", "memory");
}
