/* SPDX-License-Identifier: Apache-2.0 */

/* Start-up, output and the instruction counter on QEMU's mps2 machines. */

#include "mps2.h"

#include <stddef.h>

#define UART_DATA (*(volatile uint32_t *)0x40004000)
#define UART_CONTROL (*(volatile uint32_t *)0x40004008)
#define UART_DIVIDER (*(volatile uint32_t *)0x40004010)
#define FPGAIO_COUNTER (*(volatile uint32_t *)0x40028018)

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
    UART_DIVIDER = 16;
    UART_CONTROL = 1;
    _exit(main());
}
