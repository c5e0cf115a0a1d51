/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_INTERPOLATE_ELEMENT_H
#define FXK_INTERPOLATE_ELEMENT_H

#include <stdint.h>

#include "fxk/fxk_compiler.h"

/* The function of a code -32768 .. 32767 by its table; see fxk_interpolate.h. */
static inline FXK_ALWAYS_INLINE int16_t fxk_interpolate_element(const int16_t *table, int32_t x)
{
    const int16_t *const entry = table + 256 + (x >> 7);
    const int16_t slope = (int16_t)(entry[1] - entry[0]);
    return (int16_t)(entry[0] + ((slope * (x & 127) + 64) >> 7));
}

#endif
