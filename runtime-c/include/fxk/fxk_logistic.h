/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_LOGISTIC_H
#define FXK_LOGISTIC_H

/*
 * LOGISTIC, int16; the output's scale is 1/32768.
 *
 *   X = round(input[i] * multiplier / 2^right_shift), half up: the input in steps of 1/12288
 *   S = 2^25 * sigmoid(|X| / 12288), by straight lines between the entries of table
 *   output[i] = round(S / 2^10) for X >= 0, round((2^25 - S) / 2^10) for X < 0
 *
 * table       [256]: 65536 * sigmoid(k / 24); from k = 255 on S is 32767 * 2^10
 * Ranges      count >= 1, multiplier 1 .. 32767, right_shift 0 .. 31.
 * Aliasing    output may be input itself; it overlaps nothing else.
 * Alignment   that of the types. Scratch none. Overflow none: the product is below 2^30.
 */

#include <stdint.h>

typedef struct fxk_logistic_params {
    int32_t count; /* elements */
    int32_t multiplier, right_shift;
} fxk_logistic_params;

typedef void fxk_logistic_s16_fn(const fxk_logistic_params *p, const int16_t *input,
                                 const int32_t *table, int16_t *output);

#endif
