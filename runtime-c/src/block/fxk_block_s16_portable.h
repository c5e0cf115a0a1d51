/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_BLOCK_S16_PORTABLE_H
#define FXK_BLOCK_S16_PORTABLE_H

/*
 * As fxk_block_s8_portable.h, for int16 inputs and outputs and int8 weights: some output channels of
 * one pixel. channels is a literal in all functions.
 */

#include <stdint.h>

#include "block/fxk_block_s8_portable.h"
#include "block/fxk_quad.h"
#include "fxk/fxk_arith.h"

/* acc += the products of count consecutive inputs with the channels' weights, weight_step apart. */
static inline FXK_ALWAYS_INLINE void fxk_block_dot_s16(fxk_quad *acc, int32_t channels,
                                                       const int16_t *input, const int8_t *weights,
                                                       int32_t weight_step, int32_t count)
{
    FXK_UNROLL(4)
    for (int32_t k = 0; k < count; k++) {
        const fxk_quad w = fxk_quad_load_s8(weights + k, weight_step, channels);
        fxk_quad_accumulate(acc, input[k], &w);
    }
}

static inline FXK_ALWAYS_INLINE int16_t fxk_block_result_s16(const fxk_block_output *stage,
                                                             int32_t acc, int32_t multiplier,
                                                             int32_t shift)
{
    return fxk_requantize_s16(acc, multiplier, shift, stage->min, stage->max,
                              stage->fast_requantize);
}

/* Writes one pixel's channels. */
static inline FXK_ALWAYS_INLINE void fxk_block_store_s16(const fxk_block_output *stage,
                                                         const fxk_quad *acc, int32_t channels,
                                                         int16_t *output)
{
    output[0] = fxk_block_result_s16(stage, acc->c0, stage->multiplier.c0, stage->shift.c0);
    if (channels > 1) {
        output[1] = fxk_block_result_s16(stage, acc->c1, stage->multiplier.c1, stage->shift.c1);
    }
    if (channels > 2) {
        output[2] = fxk_block_result_s16(stage, acc->c2, stage->multiplier.c2, stage->shift.c2);
    }
    if (channels > 3) {
        output[3] = fxk_block_result_s16(stage, acc->c3, stage->multiplier.c3, stage->shift.c3);
    }
}

#endif
