/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_ADD_S8_PORTABLE_H
#define FXK_ADD_S8_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_add.h"
#include "fxk/fxk_arith.h"

/*
 * requantize((x + offset) << left_shift, multiplier, shift). The shifted value is below 2^28, so its
 * double fits; a factor of exactly one half, which the operand of the larger scale has, needs no
 * multiplication.
 */
static inline FXK_ALWAYS_INLINE int32_t fxk_add_operand(int32_t x, int32_t offset,
                                                        int32_t left_shift, int32_t multiplier,
                                                        int32_t shift)
{
    const int32_t twice = (x + offset) * (int32_t)((uint32_t)2 << left_shift);
    const int32_t scaled = multiplier == (int32_t)1 << 30 && left_shift > 0
        ? twice >> 2
        : fxk_multiply_top(twice, multiplier);
    return fxk_divide_by_power_of_two(scaled, -shift);
}

static inline FXK_ALWAYS_INLINE int8_t fxk_add_element(const fxk_add_params *p, int32_t a,
                                                       int32_t b)
{
    const int32_t left =
        fxk_add_operand(a, p->a_offset, p->left_shift, p->a_multiplier, p->a_shift);
    const int32_t right =
        fxk_add_operand(b, p->b_offset, p->left_shift, p->b_multiplier, p->b_shift);
    const int32_t sum = p->subtract ? left - right : left + right;
    return fxk_requantize_s8(sum, p->output_multiplier, p->output_shift, p->output_zero_point,
                             p->output_min, p->output_max, p->output_shift < 0);
}

static inline FXK_ALWAYS_INLINE void fxk_add_s8_portable(const fxk_add_params *p, const int8_t *a,
                                                         const int8_t *b, int8_t *output)
{
    FXK_UNROLL(2)
    for (int32_t i = 0; i < p->count; i++) {
        output[i] = fxk_add_element(p, a[i], b[i]);
    }
}

#endif
