/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_SQUARED_DIFFERENCE_S16_PORTABLE_H
#define FXK_SQUARED_DIFFERENCE_S16_PORTABLE_H

#include <stdint.h>

#include "add/fxk_add_s8_portable.h"
#include "broadcast/fxk_broadcast.h"
#include "fxk/fxk_arith.h"
#include "fxk/fxk_squared_difference.h"

static inline FXK_ALWAYS_INLINE int16_t
fxk_squared_difference_element_s16(const fxk_squared_difference_params *p, int32_t a, int32_t b)
{
    const int32_t left =
        fxk_add_operand(a, p->a_offset, p->left_shift, p->a_multiplier, p->a_shift);
    const int32_t right =
        fxk_add_operand(b, p->b_offset, p->left_shift, p->b_multiplier, p->b_shift);
    const int32_t difference = left - right;
    return fxk_requantize_s16(fxk_multiply_high(difference, difference), p->output_multiplier,
                              p->output_shift, INT16_MIN, INT16_MAX, 0);
}

static inline FXK_ALWAYS_INLINE void
fxk_squared_difference_s16_portable(const fxk_squared_difference_params *p, const int16_t *a,
                                   const int16_t *b, int16_t *output)
{
    FXK_FOR_EACH_PAIR(&p->walk)
    {
        *output++ =
            fxk_squared_difference_element_s16(p, a[FXK_PAIR_INDEX(p->walk.a_stride)],
                                           b[FXK_PAIR_INDEX(p->walk.b_stride)]);
    }
}

#endif
