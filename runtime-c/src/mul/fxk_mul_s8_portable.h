/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_MUL_S8_PORTABLE_H
#define FXK_MUL_S8_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_mul.h"

static inline FXK_ALWAYS_INLINE int8_t fxk_mul_element(const fxk_mul_params *p, int32_t a,
                                                       int32_t b)
{
    return fxk_requantize_s8((a + p->a_offset) * (b + p->b_offset), p->output_multiplier,
                             p->output_shift, p->output_zero_point, p->output_min, p->output_max,
                             p->output_shift < 0);
}

static inline FXK_ALWAYS_INLINE void fxk_mul_s8_portable(const fxk_mul_params *p, const int8_t *a,
                                                         const int8_t *b, int8_t *output)
{
    FXK_UNROLL(2)
    for (int32_t i = 0; i < p->count; i++) {
        output[i] = fxk_mul_element(p, a[i], b[i]);
    }
}

#endif
