/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_RESIZE_BILINEAR_H
#define FXK_RESIZE_BILINEAR_H

/* RESIZE_BILINEAR of elements of 1 or 2 bytes, a literal. */

#include <stdint.h>

#include "element/fxk_element.h"
#include "fxk/fxk_arith.h"
#include "fxk/fxk_resize.h"

/* Two neighbours along an axis: the lower one, the way to the upper one, and the upper one's weight. */
typedef struct fxk_resize_pair {
    int32_t lower;
    int32_t step; /* 0 where the position is a whole pixel: there may be no upper one */
    int32_t weight; /* in 1024ths; the lower one's is the rest */
} fxk_resize_pair;

static inline FXK_ALWAYS_INLINE fxk_resize_pair fxk_resize_pair_at(int32_t position, int32_t extent)
{
    const int32_t last = 1024 * (extent - 1);
    const int32_t above = position < 0 ? 0 : position;
    const int32_t at = above > last ? last : above;
    const fxk_resize_pair pair = {at >> 10, (at & 1023) != 0 ? 1 : 0, at & 1023};
    return pair;
}

/* One channel of an output pixel; pixel is the upper left one of the four in the image. */
static inline FXK_ALWAYS_INLINE int32_t fxk_resize_mix(const void *pixel, int32_t bytes, int32_t c,
                                                       int32_t below, fxk_resize_pair v,
                                                       int32_t right, fxk_resize_pair h)
{
    const int32_t w_00 = (1024 - v.weight) * (1024 - h.weight);
    const int32_t w_01 = (1024 - v.weight) * h.weight;
    const int32_t w_10 = v.weight * (1024 - h.weight);
    const int32_t w_11 = v.weight * h.weight;
    const int32_t x_00 = fxk_element(pixel, c, bytes);
    const int32_t x_01 = fxk_element(pixel, c + right, bytes);
    const int32_t x_10 = fxk_element(pixel, c + below, bytes);
    const int32_t x_11 = fxk_element(pixel, c + below + right, bytes);
    if (bytes == 1) {
        const int32_t sum = x_00 * w_00 + x_01 * w_01 + x_10 * w_10 + x_11 * w_11;
        return fxk_divide_by_power_of_two(sum, 20);
    }
    const int64_t sum =
        (int64_t)x_00 * w_00 + (int64_t)x_01 * w_01 + (int64_t)x_10 * w_10 + (int64_t)x_11 * w_11;
    /* One off a negative value turns "half up" into "half away from zero". */
    return (int32_t)((sum + (1 << 19) + (sum >> 63)) >> 20);
}

static inline FXK_ALWAYS_INLINE void fxk_resize_bilinear(const fxk_resize_bilinear_params *p,
                                                         int32_t bytes, const void *input,
                                                         void *output)
{
    for (int32_t n = 0; n < p->batches; n++) {
        const int32_t image = n * p->input_h * p->input_w * p->channels;
        for (int32_t y = 0; y < p->output_h; y++) {
            const fxk_resize_pair v = fxk_resize_pair_at(p->first_y + y * p->step_y, p->input_h);
            const int32_t row = image + v.lower * p->input_w * p->channels;
            const int32_t below = v.step * p->input_w * p->channels;
            for (int32_t x = 0; x < p->output_w; x++) {
                const fxk_resize_pair h =
                    fxk_resize_pair_at(p->first_x + x * p->step_x, p->input_w);
                const void *const pixel =
                    fxk_element_at(input, row + h.lower * p->channels, bytes);
                const int32_t right = h.step * p->channels;
                for (int32_t c = 0; c < p->channels; c++) {
                    output = fxk_element_append(
                        output, bytes, fxk_resize_mix(pixel, bytes, c, below, v, right, h));
                }
            }
        }
    }
}

#endif
