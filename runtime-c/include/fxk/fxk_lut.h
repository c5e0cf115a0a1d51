/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_LUT_H
#define FXK_LUT_H

/*
 * Any function of one int8 element: RELU and its kin, LOGISTIC, HARD_SWISH, RSQRT and whatever else
 * graph.Unary lists, and QUANTIZE from int8 to int8.
 *
 *   output[i] = table[input[i] + 128]
 *
 * table       [256]; entry 0 is the function of -128, entry 255 that of 127
 * Ranges      count >= 1.
 * Aliasing    output may be input itself; it overlaps nothing else.
 * Alignment   none. Scratch none. No arithmetic, so no overflow.
 */

#include <stdint.h>

typedef struct fxk_lut_params {
    int32_t count; /* elements */
} fxk_lut_params;

typedef void fxk_lut_s8_fn(const fxk_lut_params *p, const int8_t *input, const int8_t *table,
                           int8_t *output);

#endif
