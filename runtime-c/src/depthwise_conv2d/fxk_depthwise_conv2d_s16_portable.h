/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_DEPTHWISE_CONV2D_S16_PORTABLE_H
#define FXK_DEPTHWISE_CONV2D_S16_PORTABLE_H

/* Rows, pixels, channels. Taps outside the image add nothing, as the zero point is 0. */

#include <stdint.h>

#include "block/fxk_sum64_portable.h"
#include "fxk/fxk_arith.h"
#include "fxk/fxk_depthwise_conv2d.h"
#include "window/fxk_window.h"

/* The sum of one output; (y_start, x_start) is the window's first pixel, perhaps outside. */
static inline FXK_ALWAYS_INLINE int32_t fxk_depthwise_conv2d_s16_sum(
    const fxk_depthwise_conv2d_params *p, const int16_t *image, const int8_t *weights, int32_t sum,
    int32_t y_start, int32_t x_start)
{
    const fxk_range rows = fxk_window_taps(y_start, p->kernel_h, p->dilation_h, p->input_h);
    const fxk_range columns = fxk_window_taps(x_start, p->kernel_w, p->dilation_w, p->input_w);
    for (int32_t ky = rows.first; ky < rows.end; ky++) {
        for (int32_t kx = columns.first; kx < columns.end; kx++) {
            const int32_t pixel = (y_start + ky * p->dilation_h) * p->input_w + x_start
                + kx * p->dilation_w;
            sum += image[pixel * p->input_c] * weights[(ky * p->kernel_w + kx) * p->output_c];
        }
    }
    return sum;
}

/* As fxk_depthwise_conv2d_s16_sum, in 64 bits. */
static inline FXK_ALWAYS_INLINE int64_t fxk_depthwise_conv2d_s16_sum64(
    const fxk_depthwise_conv2d_params *p, const int16_t *image, const int8_t *weights, int64_t sum,
    int32_t y_start, int32_t x_start)
{
    const fxk_range rows = fxk_window_taps(y_start, p->kernel_h, p->dilation_h, p->input_h);
    const fxk_range columns = fxk_window_taps(x_start, p->kernel_w, p->dilation_w, p->input_w);
    for (int32_t ky = rows.first; ky < rows.end; ky++) {
        for (int32_t kx = columns.first; kx < columns.end; kx++) {
            const int32_t pixel = (y_start + ky * p->dilation_h) * p->input_w + x_start
                + kx * p->dilation_w;
            sum += image[pixel * p->input_c] * weights[(ky * p->kernel_w + kx) * p->output_c];
        }
    }
    return sum;
}

static inline FXK_ALWAYS_INLINE void fxk_depthwise_conv2d_s16_portable(
    const fxk_depthwise_conv2d_params *p, const int16_t *input, const int8_t *weights,
    const int32_t *bias, const int32_t *multiplier, const int8_t *shift, int16_t *output)
{
    for (int32_t n = 0; n < p->batches; n++) {
        const int16_t *const image = input + n * p->input_h * p->input_w * p->input_c;
        for (int32_t y = 0; y < p->output_h; y++) {
            for (int32_t x = 0; x < p->output_w; x++) {
                for (int32_t o = 0; o < p->output_c; o++) {
                    const int16_t *const from = image + o / p->channel_multiplier;
                    const int32_t y_start = y * p->stride_h - p->pad_top;
                    const int32_t x_start = x * p->stride_w - p->pad_left;
                    if (p->fast_requantize == 3) {
                        const int64_t sum = fxk_depthwise_conv2d_s16_sum64(p, from, weights + o,
                                                                           bias[o], y_start, x_start);
                        *output++ = fxk_sum64_requantize(sum, multiplier[o], shift[o], p->output_min,
                                                         p->output_max);
                        continue;
                    }
                    const int32_t sum = fxk_depthwise_conv2d_s16_sum(p, from, weights + o, bias[o],
                                                                     y_start, x_start);
                    *output++ = fxk_requantize_s16(sum, multiplier[o], shift[o], p->output_min,
                                                   p->output_max, p->fast_requantize);
                }
            }
        }
    }
}

#endif
