/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_SOFTMAX_H
#define FXK_SOFTMAX_H

/*
 * SOFTMAX over the innermost axis, int8. The output's scale is 1/256, its zero point -128.
 *
 *   d_c       = largest element of the row - input[r,c], 0 .. 255
 *   sum       = sum over c of round(exp_table[d_c] / 2^12)                     (Q12.19)
 *   output    = clamp(round(exp_table[d_c] / sum, scaled to 256) - 128, -128, 127)
 *
 * with gemmlowp's fixed-point reciprocal of the sum.
 *
 * input, output  [rows, depth]
 * exp_table      [256], Q0.31: entry d is exp(-d * input_scale * beta) as TensorFlow Lite computes it,
 *                entry 0 is 2^31-1, and 0 where d exceeds its diff_min
 *
 * Ranges      rows >= 1, 1 <= depth <= 511. (TensorFlow Lite aborts where the sum reaches 512.)
 * Aliasing    output may be input itself; it overlaps nothing else.
 * Alignment   4 bytes for exp_table. Scratch none.
 * Overflow    each term of the sum is <= 2^19, so the sum is < 2^28.
 */

#include <stdint.h>

typedef struct fxk_softmax_params {
    int32_t rows;
    int32_t depth;
} fxk_softmax_params;

typedef void fxk_softmax_s8_fn(const fxk_softmax_params *p, const int8_t *input,
                               const int32_t *exp_table, int8_t *output);

/*
 * SOFTMAX over the innermost axis, int16. The output's scale is 1/32768.
 *
 *   E_c     = exponentials(clamp(requantize(input[r,c] - largest of the row, multiplier, shift) + 32767))
 *   R       = reciprocals(clamp(sum over c of E_c, scaled to 2^16 .. 2^17, less 2^15 + 2^16))
 *   output  = clamp(round(E_c * R / 2^(31 - leading zeros of the sum)), 0, 32767)
 *
 * The two functions are tables with straight lines between, as in fxk_interpolate.h; clamp is to int16.
 *
 * exponentials  [513]: 32768 * exp(-10 .. 0), more than 32767 at its end
 * reciprocals   [513]: 32768 / (1 + 0 .. 1)
 *
 * Ranges      rows >= 1, 1 <= depth <= 65535, shift -31 .. 14.
 * Aliasing    output may be input itself; it overlaps nothing else.
 * Alignment   2 bytes. Scratch none.
 * Overflow    the sum is below 2^31; E_c * R is below 2^30.
 */
typedef struct fxk_wide_softmax_params {
    int32_t rows;
    int32_t depth;
    int32_t multiplier, shift;
} fxk_wide_softmax_params;

typedef void fxk_softmax_s16_fn(const fxk_wide_softmax_params *p, const int16_t *input,
                                const int16_t *exponentials, const int16_t *reciprocals,
                                int16_t *output);

#endif
