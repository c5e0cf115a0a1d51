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

#endif
