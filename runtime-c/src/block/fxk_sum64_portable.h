/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_SUM64_PORTABLE_H
#define FXK_SUM64_PORTABLE_H

/*
 * Sums of int16 by int8 products in 64 bits, for layers whose weights allow more than 32. Parts of
 * FXK_SUM64_PART products are summed up in 32 bits, which costs no more than a narrow sum does.
 */

#include <stdint.h>

#include "fxk/fxk_arith.h"

/* 2^8 products of at most 2^15 * 2^7. */
#define FXK_SUM64_PART 256

/* The sum of count products of consecutive elements. */
static inline FXK_ALWAYS_INLINE int64_t fxk_sum64_dot(const int16_t *input, const int8_t *weights,
                                                      int32_t count)
{
    int64_t sum = 0;
    for (int32_t from = 0; from < count; from += FXK_SUM64_PART) {
        const int32_t end = count - from < FXK_SUM64_PART ? count : from + FXK_SUM64_PART;
        int32_t part = 0;
        for (int32_t k = from; k < end; k++) {
            part += input[k] * weights[k];
        }
        sum += part;
    }
    return sum;
}

/* clamp(x * multiplier / 2^-shift, rounded once, half up); |x| < 2^47, shift -46 .. -8. */
static inline FXK_ALWAYS_INLINE int16_t fxk_sum64_requantize(int64_t x, int32_t multiplier,
                                                             int32_t shift, int32_t min, int32_t max)
{
    return (int16_t)fxk_clamp_s16(fxk_scale_once(x, multiplier, -shift), min, max);
}

#endif
