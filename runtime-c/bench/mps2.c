/* SPDX-License-Identifier: Apache-2.0 */

/* Start-up, output and the instruction counter on QEMU's mps2 machines. No initialised variables. */

#include "mps2.h"

#define UART_DATA (*(volatile uint32_t *)0x40004000)
#define UART_CONTROL (*(volatile uint32_t *)0x40004008)
#define UART_DIVIDER (*(volatile uint32_t *)0x40004010)
#define FPGAIO_COUNTER (*(volatile uint32_t *)0x40028018)

extern uint32_t stack_top;

void reset(void);
int main(void);

__attribute__((section(".vectors"), used)) static void *const vectors[16] = {&stack_top, (void *)reset};

uint32_t mps2_ticks(void)
{
    return FPGAIO_COUNTER;
}

void mps2_print(const char *text)
{
    for (; *text != '\0'; text++) {
        UART_DATA = (uint8_t)*text;
    }
}

/* SYS_EXIT: QEMU leaves with status 0. */
static void leave(void)
{
    register uint32_t operation __asm__("r0") = 0x18;
    register uint32_t reason __asm__("r1") = 0x20026;
    __asm__ volatile("bkpt 0xab" : : "r"(operation), "r"(reason) : "memory");
}

void reset(void)
{
    UART_DIVIDER = 16;
    UART_CONTROL = 1;
    (void)main();
    leave();
    for (;;) {
    }
}
