/* SPDX-License-Identifier: Apache-2.0 */
/* How much stack the network takes: the unused stack is painted, and what has lost its paint was used.
   Interrupts are off in the self-test, so nothing else uses it. */
#ifndef STACK_H
#define STACK_H

/* Right before the call to measure. */
void stack_paint(void);
/* Right after it. */
void stack_measure(void);
/* The line "stack used=BYTES", or "stack used=unknown" where the program has no stack of its own. */
void stack_print(void);

#endif
