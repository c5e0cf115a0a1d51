/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_LEAKY_RELU_S16_PORTABLE_H
#define FXK_LEAKY_RELU_S16_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_leaky_relu.h"

static inline FXK_ALWAYS_INLINE void fxk_leaky_relu_s16_portable(const fxk_leaky_relu_params *p,
                                                                 const int16_t *input,
                                                                 int16_t *output)
{
    for (int32_t i = 0; i < p->count; i++) {
        const int32_t x = input[i];
        const int32_t scaled = x >= 0
            ? fxk_requantize(x, p->identity_multiplier, p->identity_shift)
            : fxk_requantize(x, p->slope_multiplier, p->slope_shift);
        output[i] = (int16_t)fxk_clamp_s16(scaled, INT16_MIN, INT16_MAX);
    }
}

#endif
