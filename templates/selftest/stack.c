/* SPDX-License-Identifier: Apache-2.0 */
#include "stack.h"

#include <stdint.h>

#include "board.h"
#include "print.h"

#if defined(__arm__)

/* Set by the linker script: the lowest address of the stack. */
extern uint32_t stack_limit[];

#define PAINT 0xc0ffee5au

/* Left alone below the caller: the frames of the functions of this file. */
#define OWN_WORDS 16u

static uint32_t *painted_end;
static uint32_t *lowest_used;

/* The address of its caller's frame, or a few bytes below it. */
static uint32_t *stack_pointer(void)
{
    uint32_t *here;

    __asm__ volatile("mov %0, sp" : "=r"(here));
    return here;
}

__attribute__((noinline)) void stack_paint(void)
{
    uint32_t *word;

    painted_end = stack_pointer();
    for (word = stack_limit; word < painted_end - OWN_WORDS; word++) {
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

void stack_paint(void)
{
}

void stack_measure(void)
{
}

void stack_print(void)
{
    print_text("stack used=unknown\n");
}

#endif
