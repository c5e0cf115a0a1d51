/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_LEAKY_RELU_H
#define FXK_LEAKY_RELU_H

/*
 * LEAKY_RELU, int16, zero points 0.
 *
 *   output[i] = clamp(requantize(input[i], multiplier, shift), -32768, 32767)
 *
 * with identity_* for input[i] >= 0 and slope_* below, see fxk_arith.h.
 *
 * Ranges      count >= 1; slope_multiplier may be negative, but not INT32_MIN.
 * Aliasing    output may be input itself; it overlaps nothing else.
 * Alignment   2 bytes. Scratch none. Overflow as in fxk_requantize.
 */

#include <stdint.h>

typedef struct fxk_leaky_relu_params {
    int32_t count; /* elements */
    int32_t identity_multiplier, identity_shift;
    int32_t slope_multiplier, slope_shift;
} fxk_leaky_relu_params;

typedef void fxk_leaky_relu_s16_fn(const fxk_leaky_relu_params *p, const int16_t *input,
                                   int16_t *output);

#endif
