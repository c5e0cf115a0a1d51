/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_PRELU_S8_PORTABLE_H
#define FXK_PRELU_S8_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_prelu.h"

static inline FXK_ALWAYS_INLINE int8_t fxk_prelu_element(const fxk_prelu_params *p, int32_t x,
                                                         int32_t alpha)
{
    const int32_t v = x + p->input_offset;
    if (v >= 0) {
        return fxk_requantize_s8(v, p->positive_multiplier, p->positive_shift, p->output_zero_point,
                                 -128, 127, p->positive_shift < 0);
    }
    return fxk_requantize_s8(v * (alpha + p->alpha_offset), p->negative_multiplier,
                             p->negative_shift, p->output_zero_point, -128, 127,
                             p->negative_shift < 0);
}

static inline FXK_ALWAYS_INLINE void fxk_prelu_s8_portable(const fxk_prelu_params *p,
                                                           const int8_t *input, const int8_t *alpha,
                                                           int8_t *output)
{
    for (int32_t i = 0; i < p->outer; i++) {
        for (int32_t c = 0; c < p->channels; c++) {
            *output++ = fxk_prelu_element(p, *input++, alpha[c]);
        }
    }
}

#endif
