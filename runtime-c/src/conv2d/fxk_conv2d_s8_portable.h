/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_CONV2D_S8_PORTABLE_H
#define FXK_CONV2D_S8_PORTABLE_H

/*
 * Channels outermost, so that a block's weights are read again and again while they are near; then
 * rows, then pixels. Where the window hangs over the edge, the taps outside are never visited: the
 * input is the constant zero point there, so their sum is zero point times a sum of weights. Rows
 * add it once for all their pixels, the first and last pixels of a row for their columns.
 */

#include <stdint.h>

#include "dot/fxk_dot_s8_portable.h"
#include "fxk/fxk_arith.h"
#include "fxk/fxk_conv2d.h"
#include "window/fxk_window.h"

/* What a block of output channels needs at every pixel. */
typedef struct fxk_conv2d_block {
    const int8_t *weights;
    int32_t bias[FXK_DOT_CHANNELS];
    int32_t multiplier[FXK_DOT_CHANNELS];
    int32_t shift[FXK_DOT_CHANNELS];
} fxk_conv2d_block;

/* acc += zero point * sum of the weights [first, end) of each channel. */
static inline FXK_ALWAYS_INLINE void fxk_conv2d_outside(const fxk_conv2d_params *p,
                                                        int32_t channels, const int8_t *weights,
                                                        int32_t first, int32_t end, int32_t *acc)
{
    const int32_t weight_step = p->kernel_h * p->kernel_w * p->input_c;
    if (p->input_zero_point == 0) {
        return;
    }
    for (int32_t k = first; k < end; k++) {
        FXK_UNROLL(4)
        for (int32_t c = 0; c < channels; c++) {
            acc[c] += p->input_zero_point * weights[c * weight_step + k];
        }
    }
}

/* pixels neighbours of one row, all with the taps rows x columns inside the image. */
static inline FXK_ALWAYS_INLINE void fxk_conv2d_pixels(const fxk_conv2d_params *p, int32_t channels,
                                                       int32_t pixels,
                                                       const fxk_conv2d_block *block,
                                                       const int32_t *start, const int8_t *input,
                                                       fxk_range rows, fxk_range columns,
                                                       int8_t *output)
{
    const int32_t input_row = p->input_w * p->input_c;
    const int32_t weight_row = p->kernel_w * p->input_c;
    const int32_t weight_step = p->kernel_h * weight_row;
    const int32_t pixel_step = p->stride_w * p->input_c;
    int32_t acc[FXK_DOT_CHANNELS * FXK_DOT_PIXELS];
    FXK_UNROLL(4)
    for (int32_t c = 0; c < channels; c++) {
        FXK_UNROLL(2)
        for (int32_t i = 0; i < pixels; i++) {
            acc[c * FXK_DOT_PIXELS + i] = start[c];
        }
    }
    for (int32_t ky = rows.first; ky < rows.end; ky++) {
        const int8_t *const x = input + ky * p->dilation_h * input_row;
        const int8_t *const w = block->weights + ky * weight_row;
        if (p->dilation_w == 1) {
            fxk_dot_s8_portable(acc, channels, pixels, x + columns.first * p->input_c, pixel_step,
                                w + columns.first * p->input_c, weight_step,
                                (columns.end - columns.first) * p->input_c);
        } else {
            for (int32_t kx = columns.first; kx < columns.end; kx++) {
                fxk_dot_s8_portable(acc, channels, pixels, x + kx * p->dilation_w * p->input_c,
                                    pixel_step, w + kx * p->input_c, weight_step, p->input_c);
            }
        }
    }
    FXK_UNROLL(4)
    for (int32_t c = 0; c < channels; c++) {
        FXK_UNROLL(2)
        for (int32_t i = 0; i < pixels; i++) {
            output[i * p->output_c + c] = fxk_requantize_s8(
                acc[c * FXK_DOT_PIXELS + i], block->multiplier[c], block->shift[c],
                p->output_zero_point, p->output_min, p->output_max, p->fast_requantize);
        }
    }
}

/* One pixel at the left or right edge. */
static inline FXK_ALWAYS_INLINE void fxk_conv2d_edge(const fxk_conv2d_params *p, int32_t channels,
                                                     const fxk_conv2d_block *block,
                                                     const int32_t *start, const int8_t *input,
                                                     fxk_range rows, fxk_range columns,
                                                     int8_t *output)
{
    const int32_t weight_row = p->kernel_w * p->input_c;
    int32_t acc[FXK_DOT_CHANNELS];
    FXK_UNROLL(4)
    for (int32_t c = 0; c < channels; c++) {
        acc[c] = start[c];
    }
    for (int32_t ky = rows.first; ky < rows.end; ky++) {
        const int8_t *const w = block->weights + ky * weight_row;
        fxk_conv2d_outside(p, channels, w, 0, columns.first * p->input_c, acc);
        fxk_conv2d_outside(p, channels, w, columns.end * p->input_c, weight_row, acc);
    }
    fxk_conv2d_pixels(p, channels, 1, block, acc, input, rows, columns, output);
}

/* One row of a block of channels. input is the image. */
static inline FXK_ALWAYS_INLINE void fxk_conv2d_row(const fxk_conv2d_params *p, int32_t channels,
                                                    const fxk_conv2d_block *block,
                                                    const int8_t *input, int32_t y, int8_t *output)
{
    const int32_t weight_row = p->kernel_w * p->input_c;
    const fxk_range all_columns = {0, p->kernel_w};
    const fxk_range inside_h = fxk_window_interior(p->output_h, p->stride_h, p->pad_top, p->kernel_h,
                                                   p->dilation_h, p->input_h);
    const fxk_range inside_w = fxk_window_interior(p->output_w, p->stride_w, p->pad_left,
                                                   p->kernel_w, p->dilation_w, p->input_w);
    const int32_t y_start = y * p->stride_h - p->pad_top;
    fxk_range rows = {0, p->kernel_h};
    int32_t start[FXK_DOT_CHANNELS];
    FXK_UNROLL(4)
    for (int32_t c = 0; c < channels; c++) {
        start[c] = block->bias[c];
    }
    if (y < inside_h.first || y >= inside_h.end) {
        rows = fxk_window_taps(y_start, p->kernel_h, p->dilation_h, p->input_h);
        fxk_conv2d_outside(p, channels, block->weights, 0, rows.first * weight_row, start);
        fxk_conv2d_outside(p, channels, block->weights, rows.end * weight_row,
                           p->kernel_h * weight_row, start);
    }
    const int8_t *const row = input + y_start * p->input_w * p->input_c;
    for (int32_t x = 0; x < p->output_w;) {
        const int32_t x_start = x * p->stride_w - p->pad_left;
        const int8_t *const window = row + x_start * p->input_c;
        int8_t *const pixel = output + x * p->output_c;
        if (x >= inside_w.first && x + FXK_DOT_PIXELS <= inside_w.end) {
            fxk_conv2d_pixels(p, channels, FXK_DOT_PIXELS, block, start, window, rows, all_columns,
                              pixel);
            x += FXK_DOT_PIXELS;
        } else {
            const fxk_range columns =
                fxk_window_taps(x_start, p->kernel_w, p->dilation_w, p->input_w);
            fxk_conv2d_edge(p, channels, block, start, window, rows, columns, pixel);
            x++;
        }
    }
}

/* All pixels of the output channels o .. o+channels-1. */
static inline FXK_ALWAYS_INLINE void fxk_conv2d_channels(const fxk_conv2d_params *p,
                                                         int32_t channels, int32_t o,
                                                         const int8_t *input, const int8_t *weights,
                                                         const int32_t *bias,
                                                         const int32_t *multiplier,
                                                         const int8_t *shift, int8_t *output)
{
    fxk_conv2d_block block;
    block.weights = weights + o * p->kernel_h * p->kernel_w * p->input_c;
    FXK_UNROLL(4)
    for (int32_t c = 0; c < channels; c++) {
        block.bias[c] = bias[o + c];
        block.multiplier[c] = multiplier[o + c];
        block.shift[c] = shift[o + c];
    }
    for (int32_t n = 0; n < p->batches; n++) {
        const int8_t *const image = input + n * p->input_h * p->input_w * p->input_c;
        for (int32_t y = 0; y < p->output_h; y++) {
            const int32_t row = (n * p->output_h + y) * p->output_w;
            fxk_conv2d_row(p, channels, &block, image, y, output + row * p->output_c + o);
        }
    }
}

static inline FXK_ALWAYS_INLINE void fxk_conv2d_s8_portable(const fxk_conv2d_params *p,
                                                            const int8_t *input,
                                                            const int8_t *weights,
                                                            const int32_t *bias,
                                                            const int32_t *multiplier,
                                                            const int8_t *shift, int8_t *output)
{
    fxk_conv2d_params q = *p;
    if (p->kernel_h == 1 && p->kernel_w == 1 && p->stride_h == 1 && p->stride_w == 1
        && p->input_h == p->output_h && p->input_w == p->output_w) {
        /* A matrix product: one row of all pixels, without edges. */
        q.output_w = q.input_w = p->batches * p->input_h * p->input_w;
        q.batches = q.input_h = q.output_h = 1;
    }
    const int32_t blocks_end = q.output_c - q.output_c % FXK_DOT_CHANNELS;
    for (int32_t o = 0; o < blocks_end; o += FXK_DOT_CHANNELS) {
        fxk_conv2d_channels(&q, FXK_DOT_CHANNELS, o, input, weights, bias, multiplier, shift,
                            output);
    }
    for (int32_t o = blocks_end; o < q.output_c; o++) {
        fxk_conv2d_channels(&q, 1, o, input, weights, bias, multiplier, shift, output);
    }
}

#endif
