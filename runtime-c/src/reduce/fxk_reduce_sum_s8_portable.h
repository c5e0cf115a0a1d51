/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_REDUCE_SUM_S8_PORTABLE_H
#define FXK_REDUCE_SUM_S8_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_reduce.h"
#include "reduce/fxk_reduce_walk.h"

/* The sum that belongs to one output; first is its first element. */
static inline FXK_ALWAYS_INLINE int32_t fxk_reduce_sum_of(const fxk_reduce_sum_params *p, const int8_t *first)
{
    int32_t sum = p->sum_offset;
    FXK_FOR_EACH_REDUCED(&p->walk)
    {
        sum += first[FXK_REDUCED_INDEX(&p->walk)];
    }
    return sum;
}

static inline FXK_ALWAYS_INLINE void fxk_reduce_sum_s8_portable(const fxk_reduce_sum_params *p,
                                                                const int8_t *input, int8_t *output)
{
    FXK_FOR_EACH_KEPT(&p->walk)
    {
        const int32_t sum = fxk_reduce_sum_of(p, input + FXK_KEPT_INDEX(&p->walk));
        *output++ = fxk_requantize_s8(sum, p->multiplier, p->shift, p->output_zero_point, -128, 127, 0);
    }
}

#endif
