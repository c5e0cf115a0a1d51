/* SPDX-License-Identifier: Apache-2.0 */
/* How much stack the network takes: the unused stack is painted, and what has lost its paint was used.
   Interrupts are off in the self-test, so nothing else uses it. */
#ifndef STACK_H
#define STACK_H

#include <stdint.h>

/* Where the caller's stack ends. */
static inline uint32_t *stack_pointer(void)
{
#if defined(__arm__)
    uint32_t *here;

    __asm__ volatile("mov %0, sp" : "=r"(here));
    return here;
#else
    return 0;
#endif
}

/* Right before the call to measure; end is the caller's stack_pointer(). */
void stack_paint(uint32_t *end);
/* Right after it. */
void stack_measure(void);
/* The line "stack used=BYTES", or "stack used=unknown" where the program has no stack of its own. */
void stack_print(void);

#endif
