/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_POOL2D_WINDOW_H
#define FXK_POOL2D_WINDOW_H

/* What both poolings share: walking over the output, and the part of each window inside the image. */

#include <stdint.h>

#include "fxk/fxk_compiler.h"
#include "fxk/fxk_pool2d.h"
#include "window/fxk_window.h"

/* The elements of one window inside the image. */
typedef struct fxk_pool2d_window {
    int32_t first; /* element of channel 0, counted from the image's first */
    int32_t rows, columns;
} fxk_pool2d_window;

/* The window of pixel (y, x) of an image; rows and columns are literals where the image has no padding. */
static inline FXK_ALWAYS_INLINE fxk_pool2d_window fxk_pool2d_window_at(const fxk_pool2d_params *p,
                                                                       int32_t y, int32_t x)
{
    const fxk_range inside_h =
        fxk_window_interior(p->output_h, p->stride_h, p->pad_top, p->kernel_h, 1, p->input_h);
    const fxk_range inside_w =
        fxk_window_interior(p->output_w, p->stride_w, p->pad_left, p->kernel_w, 1, p->input_w);
    const int32_t y_start = y * p->stride_h - p->pad_top;
    const int32_t x_start = x * p->stride_w - p->pad_left;
    fxk_range rows = {0, p->kernel_h};
    fxk_range columns = {0, p->kernel_w};
    if (inside_h.end - inside_h.first < p->output_h) {
        rows = fxk_window_taps(y_start, p->kernel_h, 1, p->input_h);
    }
    if (inside_w.end - inside_w.first < p->output_w) {
        columns = fxk_window_taps(x_start, p->kernel_w, 1, p->input_w);
    }
    fxk_pool2d_window window;
    window.first = ((y_start + rows.first) * p->input_w + x_start + columns.first) * p->channels;
    window.rows = rows.end - rows.first;
    window.columns = columns.end - columns.first;
    return window;
}

#endif
