/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_SOFTMAX_S16_PORTABLE_H
#define FXK_SOFTMAX_S16_PORTABLE_H

/* The exponentials of a row wait in its output. */

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_softmax.h"
#include "interpolate/fxk_interpolate_element.h"

/* Writes the row's exponentials to output and returns their sum. */
static inline FXK_ALWAYS_INLINE int32_t
fxk_softmax_exponentials_s16(const fxk_wide_softmax_params *p, const int16_t *input,
                             const int16_t *exponentials, int16_t *output)
{
    int32_t largest = INT16_MIN;
    for (int32_t c = 0; c < p->depth; c++) {
        largest = input[c] > largest ? input[c] : largest;
    }
    int32_t sum = 0;
    for (int32_t c = 0; c < p->depth; c++) {
        const int32_t scaled = fxk_requantize(input[c] - largest, p->multiplier, p->shift);
        output[c] = fxk_interpolate_element(
            exponentials, fxk_clamp_s16(scaled + INT16_MAX, INT16_MIN, INT16_MAX));
        sum += output[c];
    }
    return sum;
}

/* Leading zeros of a sum, which holds an exponential of 0 and therefore is above 0. */
static inline FXK_ALWAYS_INLINE int32_t fxk_softmax_headroom(int32_t sum)
{
    int32_t headroom = 1;
    while (sum < ((int32_t)1 << 30) >> (headroom - 1)) {
        headroom++;
    }
    return headroom;
}

static inline FXK_ALWAYS_INLINE void fxk_softmax_s16_portable(const fxk_wide_softmax_params *p,
                                                              const int16_t *input,
                                                              const int16_t *exponentials,
                                                              const int16_t *reciprocals,
                                                              int16_t *output)
{
    for (int32_t r = 0; r < p->rows; r++) {
        const int32_t sum = fxk_softmax_exponentials_s16(p, input, exponentials, output);
        const int32_t headroom = fxk_softmax_headroom(sum);
        /* 2^30 .. 2^31-1 to 2^16 .. 2^17. */
        const int32_t scaled = (int32_t)((((int64_t)sum << (headroom - 1)) + 8192) >> 14);
        const int32_t reciprocal = fxk_interpolate_element(
            reciprocals, fxk_clamp_s16(scaled - 98304, INT16_MIN, INT16_MAX));
        const int32_t shift = 31 - headroom;
        for (int32_t c = 0; c < p->depth; c++) {
            const int32_t result =
                (output[c] * reciprocal + ((int32_t)1 << (shift - 1))) >> shift;
            output[c] = (int16_t)fxk_clamp_s16(result, 0, INT16_MAX);
        }
        input += p->depth;
        output += p->depth;
    }
}

#endif
