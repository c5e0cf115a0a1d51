/* SPDX-License-Identifier: Apache-2.0 */
#include "stack.h"

#include <stdint.h>

#include "board.h"
#include "print.h"

#if defined(__arm__)

/* Set by the linker script: the lowest address of the stack. */
extern uint32_t stack_limit[];

#define PAINT 0xc0ffee5au

/* A compiler may read the stack pointer before it saves registers (shrink-wrapping: gcc does so for Cortex-M55,
   whose loop instruction needs lr): as many words as it could save stay unpainted, too. */
#define SAVED_REGISTERS 16

static uint32_t *painted_end;
static uint32_t *lowest_used;

/* Everything below this very frame, which is gone when the measured call begins. The words of the frame keep no
   paint and count as used, so what is measured is never too small, and too large only for calls that need less. */
__attribute__((noinline)) void stack_paint(uint32_t *end)
{
    uint32_t *word;
    uint32_t *own_end = stack_pointer() - SAVED_REGISTERS;

    painted_end = end;
    for (word = stack_limit; word < own_end; word++) {
        *(volatile uint32_t *)word = PAINT;
    }
}

__attribute__((noinline)) void stack_measure(void)
{
    lowest_used = stack_limit;
    while (lowest_used < painted_end && *(volatile uint32_t *)lowest_used == PAINT) {
        lowest_used++;
    }
}

void stack_print(void)
{
    print_text("stack used=");
    print_decimal((uint32_t)(painted_end - lowest_used) * (uint32_t)sizeof(uint32_t));
    print_text("\n");
}

#else

void stack_paint(uint32_t *end)
{
    (void)end;
}

void stack_measure(void)
{
}

void stack_print(void)
{
    print_text("stack used=unknown\n");
}

#endif
