/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_RESCALE_H
#define FXK_RESCALE_H

/*
 * QUANTIZE between integers, where one side or both are int16:
 *
 *   output[i] = clamp(requantize(input[i] + input_offset, multiplier, shift) + output_zero_point,
 *                     output_min, output_max)
 *
 * and, from int16 to int16, RELU and its kin. (From int8 to int8 it is a table: fxk_lut.h.)
 *
 * Types       s16: int16 to int16; s8s16: int8 to int16; s16s8: int16 to int8.
 * Ranges      count >= 1; multiplier, shift as in fxk_arith.h. input_offset is minus the input's
 *             zero point; both are 0 for int16.
 * Aliasing    s16: output may be input itself; else they do not overlap.
 * Alignment   that of the types. Scratch none.
 * Overflow    a product beyond 32 bits wraps, as TensorFlow Lite's reference kernel does.
 */

#include <stdint.h>

typedef struct fxk_rescale_params {
    int32_t count; /* elements */
    int32_t input_offset;
    int32_t multiplier, shift;
    int32_t output_zero_point;
    int32_t output_min, output_max; /* within the output's type */
} fxk_rescale_params;

typedef void fxk_rescale_s16_fn(const fxk_rescale_params *p, const int16_t *input, int16_t *output);
typedef void fxk_rescale_s8s16_fn(const fxk_rescale_params *p, const int8_t *input,
                                  int16_t *output);
typedef void fxk_rescale_s16s8_fn(const fxk_rescale_params *p, const int16_t *input,
                                  int8_t *output);

#endif
