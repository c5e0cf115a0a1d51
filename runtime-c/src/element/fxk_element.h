/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_ELEMENT_H
#define FXK_ELEMENT_H

/*
 * Elements of a tensor whose type is a parameter: bytes, a literal in all functions, is 1 for int8 and
 * 2 for int16. One loop then serves both types and compiles to what it would be for either alone.
 */

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_compiler.h"

static inline FXK_ALWAYS_INLINE int32_t fxk_element(const void *tensor, int32_t index,
                                                    int32_t bytes)
{
    return bytes == 1 ? ((const int8_t *)tensor)[index] : ((const int16_t *)tensor)[index];
}

/* value must fit the type. */
static inline FXK_ALWAYS_INLINE void fxk_element_put(void *tensor, int32_t index, int32_t bytes,
                                                     int32_t value)
{
    if (bytes == 1) {
        ((int8_t *)tensor)[index] = (int8_t)value;
    } else {
        ((int16_t *)tensor)[index] = (int16_t)value;
    }
}

/* Where element index is. */
static inline FXK_ALWAYS_INLINE const void *fxk_element_at(const void *tensor, int32_t index,
                                                           int32_t bytes)
{
    return (const int8_t *)tensor + index * bytes;
}

/* Writes the element there is at and returns the next one; value must fit the type. */
static inline FXK_ALWAYS_INLINE void *fxk_element_append(void *at, int32_t bytes, int32_t value)
{
    fxk_element_put(at, 0, bytes, value);
    return (int8_t *)at + bytes;
}

/* x limited to min .. max, both within the type. */
static inline FXK_ALWAYS_INLINE int32_t fxk_element_clamp(int32_t x, int32_t min, int32_t max,
                                                          int32_t bytes)
{
    return bytes == 1 ? fxk_clamp_s8(x, min, max) : fxk_clamp_s16(x, min, max);
}

#endif
