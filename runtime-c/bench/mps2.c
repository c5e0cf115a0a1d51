/* SPDX-License-Identifier: Apache-2.0 */

/* Start-up, output and the instruction counter on QEMU's mps2 machines and mps3-an547. */

#include "mps2.h"

#include <stddef.h>

/* A Cortex-M55 is on the mps3 board, whose clock runs at 20 MHz instead of 25. */
#if defined(__ARM_FEATURE_MVE)
#define UART 0x59303000
#define FPGAIO 0x59302000
#define INSTRUCTIONS(ticks) ((uint64_t)(ticks) * 25 / 32)
#else
#define UART 0x40004000
#define FPGAIO 0x40028000
#define INSTRUCTIONS(ticks) ((uint64_t)(ticks) * 5 / 8)
#endif

#define UART_DATA (*(volatile uint32_t *)UART)
#define UART_CONTROL (*(volatile uint32_t *)(UART + 8))
#define UART_DIVIDER (*(volatile uint32_t *)(UART + 16))
#define FPGAIO_COUNTER (*(volatile uint32_t *)(FPGAIO + 0x18))
#define COPROCESSOR_ACCESS (*(volatile uint32_t *)0xE000ED88)

extern uint32_t stack_top;
extern char heap_start;

void reset(void);
int main(void);
int _write(int file, const char *text, int count);
void *_sbrk(ptrdiff_t count);
void _exit(int status);

/* The first two words of memory: no interrupt is used. */
typedef struct vector_table {
    uint32_t *stack;
    void (*reset)(void);
} vector_table;

__attribute__((section(".vectors"), used)) static const vector_table vectors = {&stack_top, reset};

uint32_t mps2_ticks(void)
{
    return FPGAIO_COUNTER;
}

uint32_t mps2_instructions_since(uint32_t ticks)
{
    return (uint32_t)INSTRUCTIONS(FPGAIO_COUNTER - ticks);
}

/* What the C library needs for printf, malloc and exit. */

int _write(int file, const char *text, int count)
{
    (void)file;
    for (int i = 0; i < count; i++) {
        UART_DATA = (uint8_t)text[i];
    }
    return count;
}

void *_sbrk(ptrdiff_t count)
{
    static char *end = &heap_start;
    char *const start = end;
    end += count;
    return start;
}

/* Semihosting SYS_EXIT_EXTENDED: QEMU leaves with this status. */
void _exit(int status)
{
    const struct {
        uint32_t reason;
        int32_t status;
    } block = {0x20026, status};
    register uint32_t operation __asm__("r0") = 0x20;
    register const void *argument __asm__("r1") = &block;
    __asm__ volatile("bkpt 0xab" : : "r"(operation), "r"(argument) : "memory");
    for (;;) {
    }
}

void reset(void)
{
    /* Floating-point and vector instructions, where there are any. */
    COPROCESSOR_ACCESS |= 0xF00000;
    __asm__ volatile("dsb\nisb");
    UART_DIVIDER = 16;
    UART_CONTROL = 1;
    _exit(main());
}
