/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_SQUARED_DIFFERENCE_H
#define FXK_SQUARED_DIFFERENCE_H

/*
 * SQUARED_DIFFERENCE, int8 and int16.
 *
 *   A      = requantize((a + a_offset) << left_shift, a_multiplier, a_shift)
 *   B      = requantize((b + b_offset) << left_shift, b_multiplier, b_shift)
 *   output = clamp(requantize((A - B)^2, output_multiplier, output_shift) + output_zero_point, -128, 127)
 *
 * int16 (not in TensorFlow Lite): left_shift 15, offsets and zero point 0, and in the place of
 * (A - B)^2 the high word of its double, half rounded up: |A - B| <= 2^30.
 *
 * Shapes, order and aliasing: fxk_broadcast.h.
 *
 * Ranges      offsets are negated zero points: -127 .. 128. left_shift 1 .. 7 (7 in TensorFlow Lite).
 *             a_shift, b_shift, output_shift -31 .. 0; the factors of a and b are at most 1/2.
 * Overflow    |A|, |B| <= 255 * 2^7 / 2, so (A - B)^2 <= 32640^2 < 2^30.
 */

#include <stdint.h>

#include "fxk/fxk_broadcast.h"

typedef struct fxk_squared_difference_params {
    fxk_broadcast_params walk;
    int32_t left_shift;
    int32_t a_offset, a_multiplier, a_shift;
    int32_t b_offset, b_multiplier, b_shift;
    int32_t output_multiplier, output_shift;
    int32_t output_zero_point;
} fxk_squared_difference_params;

typedef void fxk_squared_difference_s8_fn(const fxk_squared_difference_params *p, const int8_t *a,
                                          const int8_t *b, int8_t *output);
typedef void fxk_squared_difference_s16_fn(const fxk_squared_difference_params *p, const int16_t *a,
                                           const int16_t *b, int16_t *output);

#endif
