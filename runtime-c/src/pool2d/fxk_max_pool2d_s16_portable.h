/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_MAX_POOL2D_S16_PORTABLE_H
#define FXK_MAX_POOL2D_S16_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_pool2d.h"
#include "pool2d/fxk_pool2d_window.h"

static inline FXK_ALWAYS_INLINE int32_t fxk_max_pool2d_largest_s16(const fxk_pool2d_params *p,
                                                               const int16_t *image,
                                                               const fxk_pool2d_window *window,
                                                               int32_t c)
{
    int32_t largest = INT16_MIN;
    for (int32_t ky = 0; ky < window->rows; ky++) {
        const int16_t *const x = image + window->first + ky * p->input_w * p->channels + c;
        FXK_UNROLL(4)
        for (int32_t kx = 0; kx < window->columns; kx++) {
            const int32_t element = x[kx * p->channels];
            largest = element > largest ? element : largest;
        }
    }
    return largest;
}

static inline FXK_ALWAYS_INLINE void fxk_max_pool2d_s16_portable(const fxk_pool2d_params *p,
                                                                const int16_t *input, int16_t *output)
{
    for (int32_t n = 0; n < p->batches; n++) {
        const int16_t *const image = input + n * p->input_h * p->input_w * p->channels;
        for (int32_t y = 0; y < p->output_h; y++) {
            for (int32_t x = 0; x < p->output_w; x++) {
                const fxk_pool2d_window window = fxk_pool2d_window_at(p, y, x);
                for (int32_t c = 0; c < p->channels; c++) {
                    *output++ = (int16_t)fxk_clamp_s16(fxk_max_pool2d_largest_s16(p, image, &window, c),
                                                     p->output_min, p->output_max);
                }
            }
        }
    }
}

#endif
