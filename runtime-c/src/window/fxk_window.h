/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_WINDOW_H
#define FXK_WINDOW_H

/* Where a kernel window meets the edges of an image; one axis at a time. */

#include <stdint.h>

#include "fxk/fxk_compiler.h"

/* Half-open. */
typedef struct fxk_range {
    int32_t first, end;
} fxk_range;

/* The taps t of 0 .. kernel-1 with 0 <= start + t * dilation < extent; first <= end <= kernel. */
static inline FXK_ALWAYS_INLINE fxk_range fxk_window_taps(int32_t start, int32_t kernel,
                                                          int32_t dilation, int32_t extent)
{
    fxk_range taps = {0, kernel};
    if (start < 0) {
        const int32_t outside = (-start + dilation - 1) / dilation;
        taps.first = outside < kernel ? outside : kernel;
    }
    if (start + (kernel - 1) * dilation >= extent) {
        /* Never below first: an image has at least one pixel. */
        taps.end = start < extent ? (extent - start + dilation - 1) / dilation : 0;
    }
    return taps;
}

/* The outputs 0 .. count-1 whose whole window lies inside the image; first <= end. */
static inline FXK_ALWAYS_INLINE fxk_range fxk_window_interior(int32_t count, int32_t stride,
                                                              int32_t pad, int32_t kernel,
                                                              int32_t dilation, int32_t extent)
{
    const int32_t last_start = extent - 1 - (kernel - 1) * dilation + pad;
    const int32_t fitting = last_start < 0 ? 0 : last_start / stride + 1;
    const int32_t first = (pad + stride - 1) / stride;
    fxk_range interior;
    interior.first = first < count ? first : count;
    interior.end = fitting < count ? fitting : count;
    if (interior.end < interior.first) {
        interior.end = interior.first;
    }
    return interior;
}

#endif
