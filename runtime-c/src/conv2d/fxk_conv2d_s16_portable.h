/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_CONV2D_S16_PORTABLE_H
#define FXK_CONV2D_S16_PORTABLE_H

/*
 * Rows, then blocks of output channels, then the row's pixels. The zero point is 0, so taps outside
 * the image add nothing and are not visited. Always rows outermost: the parameter is not read.
 */

#include <stdint.h>

#include "block/fxk_block_s16_portable.h"
#include "block/fxk_sum64_portable.h"
#include "fxk/fxk_arith.h"
#include "fxk/fxk_conv2d.h"
#include "window/fxk_window.h"

/* The kernel's constants. */
typedef struct fxk_conv2d_s16_constants {
    const int8_t *weights;
    const int32_t *bias;
    const int32_t *multiplier;
    const int8_t *shift;
} fxk_conv2d_s16_constants;

/* The sums of one pixel's channels; the taps of the window lie at rows x columns of image. */
static inline FXK_ALWAYS_INLINE void fxk_conv2d_s16_sums(const fxk_conv2d_params *p,
                                                         int32_t channels, const int16_t *image,
                                                         const int8_t *weights, int32_t y,
                                                         int32_t x, fxk_quad *acc)
{
    const int32_t y_start = y * p->stride_h - p->pad_top;
    const int32_t x_start = x * p->stride_w - p->pad_left;
    const int32_t weight_step = p->kernel_h * p->kernel_w * p->input_c;
    const fxk_range rows = fxk_window_taps(y_start, p->kernel_h, p->dilation_h, p->input_h);
    const fxk_range columns = fxk_window_taps(x_start, p->kernel_w, p->dilation_w, p->input_w);
    for (int32_t ky = rows.first; ky < rows.end; ky++) {
        for (int32_t kx = columns.first; kx < columns.end; kx++) {
            const int32_t pixel = (y_start + ky * p->dilation_h) * p->input_w + x_start
                + kx * p->dilation_w;
            fxk_block_dot_s16(acc, channels, image + pixel * p->input_c,
                              weights + (ky * p->kernel_w + kx) * p->input_c, weight_step,
                              p->input_c);
        }
    }
}

/* The output channels o .. o+channels-1 of one row. */
static inline FXK_ALWAYS_INLINE void fxk_conv2d_s16_row(const fxk_conv2d_params *p,
                                                        int32_t channels, int32_t o,
                                                        const int16_t *image,
                                                        const fxk_conv2d_s16_constants *constants,
                                                        int32_t y, int16_t *output)
{
    const int8_t *const weights = constants->weights + o * p->kernel_h * p->kernel_w * p->input_c;
    const fxk_quad bias = fxk_quad_load_s32(constants->bias + o, channels);
    const fxk_block_output stage = {
        .multiplier = fxk_quad_load_s32(constants->multiplier + o, channels),
        .shift = fxk_quad_load_s8(constants->shift + o, 1, channels),
        .min = p->output_min,
        .max = p->output_max,
        .fast_requantize = p->fast_requantize,
    };
    for (int32_t x = 0; x < p->output_w; x++) {
        fxk_quad acc = bias;
        fxk_conv2d_s16_sums(p, channels, image, weights, y, x, &acc);
        fxk_block_store_s16(&stage, &acc, channels, output + x * p->output_c + o);
    }
}

/* One output whose sum needs 64 bits; weights are those of its channel. */
static inline FXK_ALWAYS_INLINE int64_t fxk_conv2d_s16_sum64(const fxk_conv2d_params *p,
                                                             const int16_t *image,
                                                             const int8_t *weights, int32_t bias,
                                                             int32_t y, int32_t x)
{
    const int32_t y_start = y * p->stride_h - p->pad_top;
    const int32_t x_start = x * p->stride_w - p->pad_left;
    const fxk_range rows = fxk_window_taps(y_start, p->kernel_h, p->dilation_h, p->input_h);
    const fxk_range columns = fxk_window_taps(x_start, p->kernel_w, p->dilation_w, p->input_w);
    int64_t sum = bias;
    for (int32_t ky = rows.first; ky < rows.end; ky++) {
        for (int32_t kx = columns.first; kx < columns.end; kx++) {
            const int32_t pixel = (y_start + ky * p->dilation_h) * p->input_w + x_start
                + kx * p->dilation_w;
            sum += fxk_sum64_dot(image + pixel * p->input_c,
                                 weights + (ky * p->kernel_w + kx) * p->input_c, p->input_c);
        }
    }
    return sum;
}

/* One row of one image, sums in 64 bits. */
static inline FXK_ALWAYS_INLINE void fxk_conv2d_s16_row64(const fxk_conv2d_params *p,
                                                          const int16_t *image,
                                                          const fxk_conv2d_s16_constants *constants,
                                                          int32_t y, int16_t *output)
{
    const int32_t filter = p->kernel_h * p->kernel_w * p->input_c;
    for (int32_t x = 0; x < p->output_w; x++) {
        for (int32_t o = 0; o < p->output_c; o++) {
            const int64_t sum = fxk_conv2d_s16_sum64(p, image, constants->weights + o * filter,
                                                     constants->bias[o], y, x);
            *output++ = fxk_sum64_requantize(sum, constants->multiplier[o], constants->shift[o],
                                             p->output_min, p->output_max);
        }
    }
}

static inline FXK_ALWAYS_INLINE void fxk_conv2d_s16_portable(const fxk_conv2d_params *p,
                                                             const int16_t *input,
                                                             const int8_t *weights,
                                                             const int32_t *bias,
                                                             const int32_t *multiplier,
                                                             const int8_t *shift, int16_t *output)
{
    const fxk_conv2d_s16_constants constants = {weights, bias, multiplier, shift};
    const int32_t blocks_end = p->output_c - p->output_c % FXK_BLOCK_CHANNELS;
    for (int32_t n = 0; n < p->batches; n++) {
        const int16_t *const image = input + n * p->input_h * p->input_w * p->input_c;
        for (int32_t y = 0; y < p->output_h; y++) {
            int16_t *const row = output + (n * p->output_h + y) * p->output_w * p->output_c;
            if (p->fast_requantize == 3) {
                fxk_conv2d_s16_row64(p, image, &constants, y, row);
                continue;
            }
            for (int32_t o = 0; o < blocks_end; o += FXK_BLOCK_CHANNELS) {
                fxk_conv2d_s16_row(p, FXK_BLOCK_CHANNELS, o, image, &constants, y, row);
            }
            for (int32_t o = blocks_end; o < p->output_c; o++) {
                fxk_conv2d_s16_row(p, 1, o, image, &constants, y, row);
            }
        }
    }
}

#endif
