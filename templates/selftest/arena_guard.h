/* SPDX-License-Identifier: Apache-2.0 */
/* Makes a network that reads what it may no longer read fail: between layers every byte of the arena that
   the next layer has no right to read is overwritten, and under AddressSanitizer poisoned as well. */
#ifndef ARENA_GUARD_H
#define ARENA_GUARD_H

#include <stdint.h>

/* Call it before layer runs; the number of layers stands for "after the last". */
void arena_guard_before_layer(int8_t *arena, uint32_t layer);

/* All of the arena may be touched again. */
void arena_guard_release(int8_t *arena);

#endif
