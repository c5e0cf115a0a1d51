/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_MOVE_H
#define FXK_MOVE_H

/*
 * Kernels that move bytes: PAD, CONCATENATION, RESHAPE, TRANSPOSE, STRIDED_SLICE, GATHER and what is
 * made of them. No arithmetic; input and output have the same quantization. They use memcpy and
 * memset. Elements may be of any size: where it matters, parameters count bytes.
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

/*
 * TRANSPOSE, STRIDED_SLICE and every other fixed rearrangement: output is a row-major array of
 * dims[0] x ... x dims[5] runs of bytes (ones in front), and run (i0, ..., i5) begins at byte
 * begin + i0 * strides[0] + ... + i5 * strides[5] of input. Strides may be negative; a run repeats
 * along an axis whose stride is 0. A run is one element, or several that stay together.
 */
typedef struct fxk_rearrange_params {
    int32_t dims[6];
    int32_t strides[6]; /* bytes of input */
    int32_t begin;      /* byte of input */
    int32_t run;        /* bytes */
} fxk_rearrange_params;

typedef void fxk_rearrange_x8_fn(const fxk_rearrange_params *p, const int8_t *input,
                                    int8_t *output);

/*
 * GATHER: for each of outer blocks of input, input_stride bytes apart, the runs of the count indices
 * (0 .. input_stride / run - 1) one behind the other. With axis k, outer is the product of the
 * extents before k, input_stride the bytes of those from k on, run the bytes of those behind k.
 */
typedef struct fxk_gather_params {
    int32_t outer;
    int32_t count;
    int32_t input_stride;
    int32_t run;
} fxk_gather_params;

typedef void fxk_gather_x8_fn(const fxk_gather_params *p, const int8_t *input,
                                 const int32_t *indices, int8_t *output);

/* RESHAPE whose output was not laid over its input, and slices of neighbouring elements. */
typedef struct fxk_copy_params {
    int32_t count; /* bytes */
} fxk_copy_params;

typedef void fxk_copy_s8_fn(const fxk_copy_params *p, const int8_t *input, int8_t *output);

#endif
