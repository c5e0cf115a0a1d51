/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_ADD_S16_PORTABLE_H
#define FXK_ADD_S16_PORTABLE_H

#include <stdint.h>

#include "add/fxk_add_s8_portable.h"
#include "fxk/fxk_add.h"
#include "fxk/fxk_arith.h"

static inline FXK_ALWAYS_INLINE int16_t fxk_add_element_s16(const fxk_add_params *p, int32_t a,
                                                       int32_t b)
{
    const int32_t left =
        fxk_add_operand(a, p->a_offset, p->left_shift, p->a_multiplier, p->a_shift);
    const int32_t right =
        fxk_add_operand(b, p->b_offset, p->left_shift, p->b_multiplier, p->b_shift);
    const int32_t sum = p->subtract ? left - right : left + right;
    return fxk_requantize_s16(sum, p->output_multiplier, p->output_shift, p->output_min,
                              p->output_max, p->output_shift < 0);
}

static inline FXK_ALWAYS_INLINE void fxk_add_s16_portable(const fxk_add_params *p, const int16_t *a,
                                                         const int16_t *b, int16_t *output)
{
    FXK_UNROLL(2)
    for (int32_t i = 0; i < p->count; i++) {
        output[i] = fxk_add_element_s16(p, a[i], b[i]);
    }
}

#endif
