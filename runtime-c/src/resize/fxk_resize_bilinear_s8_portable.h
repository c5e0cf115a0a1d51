/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_RESIZE_BILINEAR_S8_PORTABLE_H
#define FXK_RESIZE_BILINEAR_S8_PORTABLE_H

#include <stdint.h>

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

static inline FXK_ALWAYS_INLINE void
fxk_resize_bilinear_s8_portable(const fxk_resize_bilinear_params *p, const int8_t *input,
                                int8_t *output)
{
    for (int32_t n = 0; n < p->batches; n++) {
        const int8_t *const image = input + n * p->input_h * p->input_w * p->channels;
        for (int32_t y = 0; y < p->output_h; y++) {
            const fxk_resize_pair v = fxk_resize_pair_at(p->first_y + y * p->step_y, p->input_h);
            const int8_t *const row = image + v.lower * p->input_w * p->channels;
            const int32_t below = v.step * p->input_w * p->channels;
            for (int32_t x = 0; x < p->output_w; x++) {
                const fxk_resize_pair h =
                    fxk_resize_pair_at(p->first_x + x * p->step_x, p->input_w);
                const int8_t *const pixel = row + h.lower * p->channels;
                const int32_t right = h.step * p->channels;
                const int32_t w_00 = (1024 - v.weight) * (1024 - h.weight);
                const int32_t w_01 = (1024 - v.weight) * h.weight;
                const int32_t w_10 = v.weight * (1024 - h.weight);
                const int32_t w_11 = v.weight * h.weight;
                for (int32_t c = 0; c < p->channels; c++) {
                    const int32_t sum = pixel[c] * w_00 + pixel[c + right] * w_01
                        + pixel[c + below] * w_10 + pixel[c + below + right] * w_11;
                    *output++ = (int8_t)fxk_divide_by_power_of_two(sum, 20);
                }
            }
        }
    }
}

#endif
