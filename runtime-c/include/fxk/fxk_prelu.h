/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_PRELU_H
#define FXK_PRELU_H

/*
 * PRELU, int8. Two forms: fxk_prelu_s8_* for slopes repeated along the outer axes, and
 * fxk_prelu_broadcast_s8_* for slopes repeated along any.
 *
 *   v            = input[n,c] + input_offset
 *   r            = v >= 0 ? requantize(v, positive_multiplier, positive_shift)
 *                         : requantize(v * (alpha[c] + alpha_offset), negative_multiplier, negative_shift)
 *   output[n,c]  = clamp(r + output_zero_point, -128, 127)
 *
 * input, output  [outer, channels]
 * alpha          [channels]
 *                One slope a channel: channels is the innermost extent. One slope for all: channels
 *                is 1 and outer the number of elements. A slope an element: outer is 1.
 *
 * Ranges      offsets are negated zero points: -127 .. 128. Shifts -31 .. 8.
 * Aliasing    output may be input itself; it overlaps nothing else.
 * Alignment   none. Scratch none.
 * Overflow    |v * (alpha + alpha_offset)| <= 255 * 255 < 2^16, shifted left < 2^24.
 */

#include <stdint.h>

#include "fxk/fxk_broadcast.h"

typedef struct fxk_prelu_params {
    int32_t outer;
    int32_t channels;
    int32_t input_offset;
    int32_t alpha_offset;
    int32_t positive_multiplier, positive_shift;
    int32_t negative_multiplier, negative_shift;
    int32_t output_zero_point;
} fxk_prelu_params;

typedef void fxk_prelu_s8_fn(const fxk_prelu_params *p, const int8_t *input, const int8_t *alpha,
                             int8_t *output);

/* The input is operand a of the walk, alpha is operand b; shapes, order and aliasing as in fxk_broadcast.h. */
typedef struct fxk_prelu_broadcast_params {
    fxk_broadcast_params walk;
    fxk_prelu_params element; /* element.outer and element.channels are 1 */
} fxk_prelu_broadcast_params;

typedef void fxk_prelu_broadcast_s8_fn(const fxk_prelu_broadcast_params *p, const int8_t *input,
                                       const int8_t *alpha, int8_t *output);

#endif
