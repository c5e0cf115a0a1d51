/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_MOVE_H
#define FXK_MOVE_H

/*
 * Kernels that move bytes: PAD, CONCATENATION, RESHAPE. No arithmetic; input and output have the
 * same quantization. They use memcpy and memset.
 *
 * Ranges      every extent >= 1.
 * Aliasing    output overlaps no other array.
 * Alignment   none. Scratch none.
 */

#include <stdint.h>

/*
 * PAD: output is [before[i] + dims[i] + after[i]] for i = 0 .. 3 (ones in front), value around input.
 * value is the zero point: real 0.
 */
typedef struct fxk_pad_params {
    int32_t dims[4]; /* of input */
    int32_t before[4];
    int32_t after[4];
    int32_t value;
} fxk_pad_params;

typedef void fxk_pad_s8_fn(const fxk_pad_params *p, const int8_t *input, int8_t *output);

/*
 * One operand of CONCATENATION: outer pieces of inner bytes, written output_stride bytes apart.
 * With axis k, outer is the product of the extents before k, inner that of the operand's extents
 * from k on, output_stride that of the result's extents from k on. output is the operand's first
 * byte in the result; one call an operand.
 */
typedef struct fxk_concat_params {
    int32_t outer;
    int32_t inner;
    int32_t output_stride; /* >= inner */
} fxk_concat_params;

typedef void fxk_concat_s8_fn(const fxk_concat_params *p, const int8_t *input, int8_t *output);

/* RESHAPE whose output was not laid over its input. */
typedef struct fxk_copy_params {
    int32_t count; /* bytes */
} fxk_copy_params;

typedef void fxk_copy_s8_fn(const fxk_copy_params *p, const int8_t *input, int8_t *output);

#endif
