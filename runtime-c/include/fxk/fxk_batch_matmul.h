/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_BATCH_MATMUL_H
#define FXK_BATCH_MATMUL_H

/*
 * BATCH_MATMUL, int8 and int16: products of the matrices of two activations, or of one and a constant.
 *
 *   acc[n,i,j]    = sum over k of (a[n,i,k] - a_zero_point) * (b[n,k,j] - b_zero_point)
 *   output[n,i,j] = clamp(requantize(acc, output_multiplier, output_shift) + output_zero_point, -128, 127)
 *
 * and for int16, whose zero points are 0 and not read, with 64-bit accumulators:
 *
 *   output[n,i,j] = clamp(acc * output_multiplier / 2^-output_shift, -32768, 32767)
 *
 * rounded once as fxk_scale_once in fxk_arith.h; output_shift is -46 .. -8 then.
 *
 * n counts three batch axes. Steps, in elements, say where the elements of a and b lie, so that
 * transposed matrices need no copy; the step of a batch axis along which an operand is repeated is 0.
 *
 * a           (n,i,k) at sum of n * a_batch + i * a_row + k * a_depth
 * b           (n,k,j) at sum of n * b_batch + j * b_column + k * b_depth
 * output      [batches, rows, columns]
 *
 * Ranges      every extent >= 1. Zero points -128 .. 127. Multiplier and shift: fxk_arith.h.
 * Aliasing    output overlaps no other array.
 * Alignment   that of the types. Scratch none.
 * Overflow    |acc| <= depth * 255 * 255 < 2^31 for depth <= 33,025; the generator proves it. For int16
 *             |acc| <= depth * 2^30 < 2^47, which it proves, too.
 */

#include <stdint.h>

typedef struct fxk_batch_matmul_params {
    int32_t batches[3];
    int32_t a_batch[3];
    int32_t b_batch[3];
    int32_t rows, columns, depth;
    int32_t a_row, a_depth;
    int32_t b_column, b_depth;
    int32_t a_zero_point, b_zero_point;
    int32_t output_multiplier, output_shift;
    int32_t output_zero_point;
} fxk_batch_matmul_params;

typedef void fxk_batch_matmul_s8_fn(const fxk_batch_matmul_params *p, const int8_t *a,
                                    const int8_t *b, int8_t *output);
typedef void fxk_batch_matmul_s16_fn(const fxk_batch_matmul_params *p, const int16_t *a,
                                     const int16_t *b, int16_t *output);

#endif
