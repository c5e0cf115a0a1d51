/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_MUL_S16_PORTABLE_H
#define FXK_MUL_S16_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_mul.h"

static inline FXK_ALWAYS_INLINE int16_t fxk_mul_element_s16(const fxk_mul_params *p, int32_t a,
                                                       int32_t b)
{
    /* (-32768)^2 is 2^30, which the short form does not take. */
    return fxk_requantize_s16(a * b, p->output_multiplier, p->output_shift, p->output_min,
                              p->output_max, 0);
}

static inline FXK_ALWAYS_INLINE void fxk_mul_s16_portable(const fxk_mul_params *p, const int16_t *a,
                                                         const int16_t *b, int16_t *output)
{
    FXK_UNROLL(2)
    for (int32_t i = 0; i < p->count; i++) {
        output[i] = fxk_mul_element_s16(p, a[i], b[i]);
    }
}

#endif
