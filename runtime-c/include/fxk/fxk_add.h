/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_ADD_H
#define FXK_ADD_H

/*
 * ADD and SUB, int8 and int16. SUB is not ADD with b_multiplier negated: halves round up whatever their sign.
 *
 *   A      = requantize((a + a_offset) << left_shift, a_multiplier, a_shift)
 *   B      = requantize((b + b_offset) << left_shift, b_multiplier, b_shift)
 *   output = clamp(requantize(A +- B, output_multiplier, output_shift) + output_zero_point, output_min, output_max)
 *
 * Two forms: fxk_add_s8_* for operands of one shape, fxk_add_broadcast_s8_* for any others.
 *
 * Ranges      offsets are negated zero points: -127 .. 128. left_shift 0 .. 20 (20 in TensorFlow Lite).
 *             a_shift, b_shift, output_shift -31 .. 0.
 *             -128 <= output_min <= output_max <= 127.
 * Aliasing    output may be a or b itself (same start) in the form for one shape; in the broadcast
 *             form it may be an operand that has the output's shape. No other overlap.
 *             int16: offsets and zero points 0, left_shift 0 .. 15, output_min and output_max int16.
 * Alignment   that of the types.
 * Scratch     none.
 * Overflow    |a + a_offset| <= 255, so the shifted value is < 2^28 and |A +- B| < 2^29.
 */

#include <stdint.h>

#include "fxk/fxk_broadcast.h"

typedef struct fxk_add_params {
    int32_t count; /* elements of a, of b and of output; >= 1 */
    int32_t left_shift;
    int32_t a_offset, a_multiplier, a_shift;
    int32_t b_offset, b_multiplier, b_shift;
    int32_t subtract; /* 0: A + B, 1: A - B */
    int32_t output_multiplier, output_shift;
    int32_t output_zero_point;
    int32_t output_min, output_max;
} fxk_add_params;

typedef void fxk_add_s8_fn(const fxk_add_params *p, const int8_t *a, const int8_t *b, int8_t *output);
typedef void fxk_add_s16_fn(const fxk_add_params *p, const int16_t *a, const int16_t *b,
                            int16_t *output);

/* Operands of different shapes, which meet as fxk_broadcast.h says. */
typedef struct fxk_add_broadcast_params {
    fxk_broadcast_params walk;
    fxk_add_params element; /* its count is not read */
} fxk_add_broadcast_params;

typedef void fxk_add_broadcast_s8_fn(const fxk_add_broadcast_params *p, const int8_t *a,
                                     const int8_t *b, int8_t *output);
typedef void fxk_add_broadcast_s16_fn(const fxk_add_broadcast_params *p, const int16_t *a,
                                      const int16_t *b, int16_t *output);

#endif
