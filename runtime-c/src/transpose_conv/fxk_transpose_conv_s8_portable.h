/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_TRANSPOSE_CONV_S8_PORTABLE_H
#define FXK_TRANSPOSE_CONV_S8_PORTABLE_H

#include "transpose_conv/fxk_transpose_conv_core.h"

static inline FXK_ALWAYS_INLINE void fxk_transpose_conv_s8_portable(
    const fxk_transpose_conv_params *p, const int8_t *input, const int8_t *weights,
    const int32_t *tap_bias, const int32_t *bias, const int32_t *multiplier, const int8_t *shift,
    int8_t *output)
{
    const fxk_transpose_conv_arrays arrays = {input,      weights, tap_bias, bias,
                                              multiplier, shift,   output};
    fxk_transpose_conv(p, (int32_t)sizeof *output, &arrays);
}

#endif
