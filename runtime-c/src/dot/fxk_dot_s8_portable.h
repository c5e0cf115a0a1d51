/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_DOT_S8_PORTABLE_H
#define FXK_DOT_S8_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_compiler.h"

/*
 * The block of results worked on at once: FXK_DOT_CHANNELS output channels of FXK_DOT_PIXELS pixels.
 * Each byte of input and each weight is then loaded once for several products, and the accumulators
 * still fit the registers.
 */
#if FXK_FEW_REGISTERS
#define FXK_DOT_CHANNELS 2
#define FXK_DOT_PIXELS 1
#else
#define FXK_DOT_CHANNELS 4
#define FXK_DOT_PIXELS 2
#endif

/* One element of the sums below. */
static inline FXK_ALWAYS_INLINE void fxk_dot_step_s8_portable(int32_t *acc, int32_t channels,
                                                              int32_t pixels, const int8_t *input,
                                                              int32_t pixel_step,
                                                              const int8_t *weights,
                                                              int32_t weight_step)
{
    FXK_UNROLL(4)
    for (int32_t c = 0; c < channels; c++) {
        const int32_t w = weights[c * weight_step];
        FXK_UNROLL(2)
        for (int32_t p = 0; p < pixels; p++) {
            acc[c * FXK_DOT_PIXELS + p] += w * input[p * pixel_step];
        }
    }
}

/*
 * acc[c * FXK_DOT_PIXELS + p] += sum over k < count of weights[c * weight_step + k] * input[p * pixel_step + k]
 * for c < channels, p < pixels. channels and pixels are literals, at most the block's.
 */
static inline FXK_ALWAYS_INLINE void fxk_dot_s8_portable(int32_t *acc, int32_t channels,
                                                         int32_t pixels, const int8_t *input,
                                                         int32_t pixel_step, const int8_t *weights,
                                                         int32_t weight_step, int32_t count)
{
    const int8_t *const unrolled_end = input + (count - count % 4);
    while (input != unrolled_end) {
        FXK_UNROLL(4)
        for (int32_t k = 0; k < 4; k++) {
            fxk_dot_step_s8_portable(acc, channels, pixels, input + k, pixel_step, weights + k,
                                     weight_step);
        }
        input += 4;
        weights += 4;
    }
    FXK_UNROLL(4)
    for (int32_t k = 0; k < count % 4; k++) {
        fxk_dot_step_s8_portable(acc, channels, pixels, input + k, pixel_step, weights + k,
                                 weight_step);
    }
}

#endif
