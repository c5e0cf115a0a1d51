/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_RESIZE_H
#define FXK_RESIZE_H

/*
 * RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR, NHWC. Input and output have the same quantization.
 *
 * Ranges      every extent >= 1.
 * Aliasing    output overlaps no other array.
 * Alignment   that of the types. Scratch none.
 */

#include <stdint.h>

/*
 * RESIZE_BILINEAR, int8 and int16. Positions are in 1024ths of an input pixel: output row y lies at
 *
 *   at_y = limit(first_y + y * step_y, 0, 1024 * (input_h - 1))
 *
 * and columns likewise. The output is the sum of the four input pixels around (at_y, at_x), each with
 * the product of its two weights in 2^20ths, rounded to nearest, ties away from zero.
 *
 * input       [batches, input_h, input_w, channels]
 * output      [batches, output_h, output_w, channels]
 *
 * Ranges      all four heights and widths <= 2^19, steps >= 0, and |first + output extent * step| < 2^31.
 * Overflow    weights are >= 0 and their sum is 2^20, so |sum| <= 2^27 in int8, 2^35 in int16.
 */
typedef struct fxk_resize_bilinear_params {
    int32_t batches;
    int32_t input_h, input_w;
    int32_t output_h, output_w;
    int32_t channels;
    int32_t first_y, step_y;
    int32_t first_x, step_x;
} fxk_resize_bilinear_params;

typedef void fxk_resize_bilinear_s8_fn(const fxk_resize_bilinear_params *p, const int8_t *input,
                                       int8_t *output);
typedef void fxk_resize_bilinear_s16_fn(const fxk_resize_bilinear_params *p, const int16_t *input,
                                        int16_t *output);

/*
 * RESIZE_NEAREST_NEIGHBOR: copies pixels of any type, pixel_bytes each; uses memcpy.
 *
 * input       [batches, input_h, input_w] pixels
 * rows        [output_h]  the input row of each output row, 0 .. input_h-1
 * columns     [output_w]  the input column of each output column, 0 .. input_w-1
 * output      [batches, output_h, output_w] pixels
 */
typedef struct fxk_resize_nearest_params {
    int32_t batches;
    int32_t input_h, input_w;
    int32_t output_h, output_w;
    int32_t pixel_bytes; /* channels * bytes of an element */
} fxk_resize_nearest_params;

typedef void fxk_resize_nearest_x8_fn(const fxk_resize_nearest_params *p, const int8_t *input,
                                      const int32_t *rows, const int32_t *columns, int8_t *output);

#endif
