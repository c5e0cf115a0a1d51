/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_REDUCE_SUM_S16_PORTABLE_H
#define FXK_REDUCE_SUM_S16_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_reduce.h"

/* The sum that belongs to one output; first is its first element. */
static inline FXK_ALWAYS_INLINE int32_t fxk_reduce_sum_of_s16(const fxk_reduce_sum_params *p,
                                                          const int16_t *first)
{
    const int32_t step = p->kept_1 * p->reduced_1 * p->kept_2;
    int32_t sum = p->sum_offset;
    for (int32_t i = 0; i < p->reduced_0; i++) {
        for (int32_t j = 0; j < p->reduced_1; j++) {
            sum += first[i * step + j * p->kept_2];
        }
    }
    return sum;
}

static inline FXK_ALWAYS_INLINE void fxk_reduce_sum_s16_portable(const fxk_reduce_sum_params *p,
                                                                const int16_t *input, int16_t *output)
{
    for (int32_t a = 0; a < p->kept_0; a++) {
        for (int32_t b = 0; b < p->kept_1; b++) {
            const int16_t *const first =
                input + (a * p->reduced_0 * p->kept_1 + b) * p->reduced_1 * p->kept_2;
            for (int32_t c = 0; c < p->kept_2; c++) {
                *output++ = fxk_requantize_s16(fxk_reduce_sum_of_s16(p, first + c), p->multiplier,
                                               p->shift, INT16_MIN, INT16_MAX, 0);
            }
        }
    }
}

#endif
