/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_FULLY_CONNECTED_S16_PORTABLE_H
#define FXK_FULLY_CONNECTED_S16_PORTABLE_H

#include <stdint.h>

#include "block/fxk_block_s16_portable.h"
#include "block/fxk_sum64_portable.h"
#include "fxk/fxk_fully_connected.h"

/* The output channels o .. o+channels-1 of all rows. */
static inline FXK_ALWAYS_INLINE void fxk_fully_connected_channels_s16(
    const fxk_fully_connected_params *p, int32_t channels, int32_t o, const int16_t *input,
    const int8_t *weights, const int32_t *bias, const int32_t *multiplier, const int8_t *shift,
    int16_t *output)
{
    fxk_block_output stage = {
        .multiplier = {multiplier[0], multiplier[0], multiplier[0], multiplier[0]},
        .shift = {shift[0], shift[0], shift[0], shift[0]},
        .min = p->output_min,
        .max = p->output_max,
        .fast_requantize = p->fast_requantize,
    };
    if (p->per_channel) {
        stage.multiplier = fxk_quad_load_s32(multiplier + o, channels);
        stage.shift = fxk_quad_load_s8(shift + o, 1, channels);
    }
    for (int32_t r = 0; r < p->rows; r++) {
        fxk_quad acc = fxk_quad_load_s32(bias + o, channels);
        fxk_block_dot_s16(&acc, channels, input + r * p->input_c, weights + o * p->input_c,
                          p->input_c, p->input_c);
        fxk_block_store_s16(&stage, &acc, channels, output + r * p->output_c + o);
    }
}

/* All outputs, sums in 64 bits. */
static inline FXK_ALWAYS_INLINE void fxk_fully_connected_s16_sums64(
    const fxk_fully_connected_params *p, const int16_t *input, const int8_t *weights,
    const int32_t *bias, const int32_t *multiplier, const int8_t *shift, int16_t *output)
{
    for (int32_t r = 0; r < p->rows; r++) {
        for (int32_t o = 0; o < p->output_c; o++) {
            const int32_t channel = p->per_channel ? o : 0;
            const int64_t sum = bias[o]
                + fxk_sum64_dot(input + r * p->input_c, weights + o * p->input_c, p->input_c);
            *output++ = fxk_sum64_requantize(sum, multiplier[channel], shift[channel], p->output_min,
                                             p->output_max);
        }
    }
}

static inline FXK_ALWAYS_INLINE void fxk_fully_connected_s16_portable(
    const fxk_fully_connected_params *p, const int16_t *input, const int8_t *weights,
    const int32_t *bias, const int32_t *multiplier, const int8_t *shift, int16_t *output)
{
    if (p->fast_requantize == 3) {
        fxk_fully_connected_s16_sums64(p, input, weights, bias, multiplier, shift, output);
        return;
    }
    const int32_t rest = p->output_c % FXK_BLOCK_CHANNELS;
    const int32_t blocks_end = p->output_c - rest;
    for (int32_t o = 0; o < blocks_end; o += FXK_BLOCK_CHANNELS) {
        fxk_fully_connected_channels_s16(p, FXK_BLOCK_CHANNELS, o, input, weights, bias, multiplier,
                                     shift, output);
    }
    /* As in fxk_conv2d_s16_portable. */
    if (!FXK_IS_LITERAL(rest) || rest == 1) {
        for (int32_t o = blocks_end; o < p->output_c; o++) {
            fxk_fully_connected_channels_s16(p, 1, o, input, weights, bias, multiplier, shift, output);
        }
    } else if (rest == 2) {
        fxk_fully_connected_channels_s16(p, 2, blocks_end, input, weights, bias, multiplier, shift,
                                     output);
    } else if (rest == 3) {
        fxk_fully_connected_channels_s16(p, 3, blocks_end, input, weights, bias, multiplier, shift,
                                     output);
    }
}

#endif
