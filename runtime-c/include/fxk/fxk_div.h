/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_DIV_H
#define FXK_DIV_H

/*
 * DIV, int8. TensorFlow Lite has none; this is Facsimile's own.
 *
 *   r      = reciprocals[b + 128]
 *   output = r != 0 ? clamp(requantize((a + a_offset) << 16, r, shift) + output_zero_point, output_min, output_max)
 *                   : output_max where a + a_offset > 0, output_min where it is < 0,
 *                     clamp(output_zero_point, output_min, output_max) where it is 0
 *
 * reciprocals  [256]; entry b + 128 is round(unit / (b - zero point of b)), 0 where b is its zero point;
 *              (unit, shift) is a's scale / (b's scale * output's scale * 2^16)
 * Shapes, order and aliasing: fxk_broadcast.h.
 *
 * Ranges      a_offset is a negated zero point: -127 .. 128. shift -31 .. 6. Reciprocals of either sign.
 *             -128 <= output_min <= output_max <= 127.
 * Overflow    |(a + a_offset) << 16| < 2^24, shifted left < 2^30.
 */

#include <stdint.h>

#include "fxk/fxk_broadcast.h"

typedef struct fxk_div_params {
    fxk_broadcast_params walk;
    int32_t a_offset;
    int32_t shift;
    int32_t output_zero_point;
    int32_t output_min, output_max;
} fxk_div_params;

typedef void fxk_div_s8_fn(const fxk_div_params *p, const int8_t *a, const int8_t *b,
                           const int32_t *reciprocals, int8_t *output);

#endif
