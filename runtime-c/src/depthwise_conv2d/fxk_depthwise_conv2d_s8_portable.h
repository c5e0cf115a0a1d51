/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_DEPTHWISE_CONV2D_S8_PORTABLE_H
#define FXK_DEPTHWISE_CONV2D_S8_PORTABLE_H

/*
 * Rows outermost, so that the few input rows in use stay near; then channels, then blocks of
 * neighbouring pixels. A weight is loaded once for the block, and with literal strides the compiler
 * sees that neighbours read the same bytes and loads those once, too. Taps outside the image are
 * never visited: see fxk_conv2d_s8_portable.h.
 */

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_depthwise_conv2d.h"
#include "window/fxk_window.h"

#if FXK_FEW_REGISTERS
#define FXK_DEPTHWISE_PIXELS 2
#else
#define FXK_DEPTHWISE_PIXELS 4
#endif

/* What an output channel needs along a row. */
typedef struct fxk_depthwise_conv2d_channel {
    const int8_t *weights; /* the channel's first; the next tap is output_c further */
    int32_t start;         /* bias and the taps outside the image above and below */
    int32_t multiplier;
    int32_t shift;
} fxk_depthwise_conv2d_channel;

/* Zero point times the sum of the weights of taps [first, end). */
static inline FXK_ALWAYS_INLINE int32_t fxk_depthwise_conv2d_outside(
    const fxk_depthwise_conv2d_params *p, const int8_t *weights, int32_t first, int32_t end)
{
    int32_t sum = 0;
    if (p->input_zero_point != 0) {
        for (int32_t t = first; t < end; t++) {
            sum += weights[t * p->output_c];
        }
    }
    return p->input_zero_point * sum;
}

/* pixels neighbours of one row, all with the taps rows x columns inside the image. */
static inline FXK_ALWAYS_INLINE void fxk_depthwise_conv2d_pixels(
    const fxk_depthwise_conv2d_params *p, int32_t pixels,
    const fxk_depthwise_conv2d_channel *channel, int32_t start, const int8_t *input, fxk_range rows,
    fxk_range columns, int8_t *output)
{
    const int32_t row_step = p->dilation_h * p->input_w * p->input_c;
    int32_t acc[FXK_DEPTHWISE_PIXELS];
    FXK_UNROLL(4)
    for (int32_t i = 0; i < pixels; i++) {
        acc[i] = start;
    }
    for (int32_t ky = rows.first; ky < rows.end; ky++) {
        const int8_t *const x = input + ky * row_step;
        const int8_t *const w = channel->weights + ky * p->kernel_w * p->output_c;
        FXK_UNROLL(8)
        for (int32_t kx = columns.first; kx < columns.end; kx++) {
            const int32_t weight = w[kx * p->output_c];
            FXK_UNROLL(4)
            for (int32_t i = 0; i < pixels; i++) {
                acc[i] += weight * x[(i * p->stride_w + kx * p->dilation_w) * p->input_c];
            }
        }
    }
    FXK_UNROLL(4)
    for (int32_t i = 0; i < pixels; i++) {
        output[i * p->output_c] =
            fxk_requantize_s8(acc[i], channel->multiplier, channel->shift, p->output_zero_point,
                              p->output_min, p->output_max, p->fast_requantize);
    }
}

/* One pixel at the left or right edge. */
static inline FXK_ALWAYS_INLINE void fxk_depthwise_conv2d_edge(
    const fxk_depthwise_conv2d_params *p, const fxk_depthwise_conv2d_channel *channel,
    const int8_t *input, fxk_range rows, fxk_range columns, int8_t *output)
{
    int32_t start = channel->start;
    for (int32_t ky = rows.first; ky < rows.end; ky++) {
        const int8_t *const w = channel->weights + ky * p->kernel_w * p->output_c;
        start += fxk_depthwise_conv2d_outside(p, w, 0, columns.first);
        start += fxk_depthwise_conv2d_outside(p, w, columns.end, p->kernel_w);
    }
    fxk_depthwise_conv2d_pixels(p, 1, channel, start, input, rows, columns, output);
}

/* One row of one output channel; input is the input channel's first byte in the window's row. */
static inline FXK_ALWAYS_INLINE void fxk_depthwise_conv2d_row(
    const fxk_depthwise_conv2d_params *p, const fxk_depthwise_conv2d_channel *channel,
    const int8_t *input, fxk_range rows, int8_t *output)
{
    const fxk_range all_columns = {0, p->kernel_w};
    const fxk_range inside = fxk_window_interior(p->output_w, p->stride_w, p->pad_left, p->kernel_w,
                                                 p->dilation_w, p->input_w);
    for (int32_t x = 0; x < p->output_w;) {
        const int32_t x_start = x * p->stride_w - p->pad_left;
        const int8_t *const window = input + x_start * p->input_c;
        int8_t *const pixel = output + x * p->output_c;
        if (x >= inside.first && x + FXK_DEPTHWISE_PIXELS <= inside.end) {
            fxk_depthwise_conv2d_pixels(p, FXK_DEPTHWISE_PIXELS, channel, channel->start, window,
                                        rows, all_columns, pixel);
            x += FXK_DEPTHWISE_PIXELS;
        } else {
            const fxk_range columns =
                fxk_window_taps(x_start, p->kernel_w, p->dilation_w, p->input_w);
            fxk_depthwise_conv2d_edge(p, channel, window, rows, columns, pixel);
            x++;
        }
    }
}

static inline FXK_ALWAYS_INLINE void fxk_depthwise_conv2d_s8_portable(
    const fxk_depthwise_conv2d_params *p, const int8_t *input, const int8_t *weights,
    const int32_t *bias, const int32_t *multiplier, const int8_t *shift, int8_t *output)
{
    const int32_t taps = p->kernel_h * p->kernel_w;
    for (int32_t r = 0; r < p->batches * p->output_h; r++) {
        const int32_t n = r / p->output_h;
        const int32_t y_start = (r % p->output_h) * p->stride_h - p->pad_top;
        const fxk_range rows = fxk_window_taps(y_start, p->kernel_h, p->dilation_h, p->input_h);
        const int8_t *const row = input + (n * p->input_h + y_start) * p->input_w * p->input_c;
        for (int32_t o = 0; o < p->output_c; o++) {
            fxk_depthwise_conv2d_channel channel;
            channel.weights = weights + o;
            channel.start =
                bias[o]
                + fxk_depthwise_conv2d_outside(p, weights + o, 0, rows.first * p->kernel_w)
                + fxk_depthwise_conv2d_outside(p, weights + o, rows.end * p->kernel_w, taps);
            channel.multiplier = multiplier[o];
            channel.shift = shift[o];
            fxk_depthwise_conv2d_row(p, &channel, row + o / p->channel_multiplier, rows,
                                     output + r * p->output_w * p->output_c + o);
        }
    }
}

#endif
