/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_FULLY_CONNECTED_S8_PORTABLE_H
#define FXK_FULLY_CONNECTED_S8_PORTABLE_H

#include <stdint.h>

#include "dot/fxk_dot_s8_portable.h"
#include "fxk/fxk_arith.h"
#include "fxk/fxk_fully_connected.h"

/* The output channels o .. o+channels-1 of all rows. */
static inline FXK_ALWAYS_INLINE void fxk_fully_connected_channels(
    const fxk_fully_connected_params *p, int32_t channels, int32_t o, const int8_t *input,
    const int8_t *weights, const int32_t *bias, const int32_t *multiplier, const int8_t *shift,
    int8_t *output)
{
    for (int32_t r = 0; r < p->rows; r++) {
        int32_t acc[FXK_DOT_CHANNELS * FXK_DOT_PIXELS];
        FXK_UNROLL(4)
        for (int32_t c = 0; c < channels; c++) {
            acc[c * FXK_DOT_PIXELS] = bias[o + c];
        }
        fxk_dot_s8_portable(acc, channels, 1, input + r * p->input_c, 0, weights + o * p->input_c,
                            p->input_c, p->input_c);
        FXK_UNROLL(4)
        for (int32_t c = 0; c < channels; c++) {
            const int32_t q = p->per_channel ? o + c : 0;
            output[r * p->output_c + o + c] = fxk_requantize_s8(
                acc[c * FXK_DOT_PIXELS], multiplier[q], shift[q], p->output_zero_point,
                p->output_min, p->output_max, p->fast_requantize);
        }
    }
}

static inline FXK_ALWAYS_INLINE void fxk_fully_connected_s8_portable(
    const fxk_fully_connected_params *p, const int8_t *input, const int8_t *weights,
    const int32_t *bias, const int32_t *multiplier, const int8_t *shift, int8_t *output)
{
    const int32_t blocks_end = p->output_c - p->output_c % FXK_DOT_CHANNELS;
    for (int32_t o = 0; o < blocks_end; o += FXK_DOT_CHANNELS) {
        fxk_fully_connected_channels(p, FXK_DOT_CHANNELS, o, input, weights, bias, multiplier,
                                     shift, output);
    }
    for (int32_t o = blocks_end; o < p->output_c; o++) {
        fxk_fully_connected_channels(p, 1, o, input, weights, bias, multiplier, shift, output);
    }
}

#endif
