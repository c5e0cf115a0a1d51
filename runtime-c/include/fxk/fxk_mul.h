/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_MUL_H
#define FXK_MUL_H

/*
 * MUL, int8 and int16.
 *
 *   output = clamp(requantize((a + a_offset) * (b + b_offset), output_multiplier, output_shift)
 *                  + output_zero_point, output_min, output_max)
 *
 * Two forms, ranges, aliasing and alignment as in fxk_add.h, but output_shift is -31 .. 8.
 *
 * Overflow    |product| <= 255 * 255 < 2^16, shifted left < 2^24. int16: |product| <= 2^30,
 *             shifted left it wraps to 32 bits.
 */

#include <stdint.h>

#include "fxk/fxk_broadcast.h"

typedef struct fxk_mul_params {
    int32_t count; /* elements of a, of b and of output; >= 1 */
    int32_t a_offset;
    int32_t b_offset;
    int32_t output_multiplier, output_shift;
    int32_t output_zero_point;
    int32_t output_min, output_max;
} fxk_mul_params;

typedef void fxk_mul_s8_fn(const fxk_mul_params *p, const int8_t *a, const int8_t *b, int8_t *output);
typedef void fxk_mul_s16_fn(const fxk_mul_params *p, const int16_t *a, const int16_t *b,
                            int16_t *output);

/* Operands of different shapes, which meet as fxk_broadcast.h says. */
typedef struct fxk_mul_broadcast_params {
    fxk_broadcast_params walk;
    fxk_mul_params element; /* its count is not read */
} fxk_mul_broadcast_params;

typedef void fxk_mul_broadcast_s8_fn(const fxk_mul_broadcast_params *p, const int8_t *a,
                                     const int8_t *b, int8_t *output);
typedef void fxk_mul_broadcast_s16_fn(const fxk_mul_broadcast_params *p, const int16_t *a,
                                      const int16_t *b, int16_t *output);

#endif
