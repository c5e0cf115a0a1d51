/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_TANH_H
#define FXK_TANH_H

/*
 * TANH, int16; the output's scale is 1/32768.
 *
 *   X = round(input[i] * multiplier / 2^right_shift), half up: the input in steps of 1/12288
 *   S = 2^24 * sigmoid(2 |X| / 12288), by straight lines between the entries of table
 *   output[i] = round((S - 2^23) / 2^8) for X >= 0, round((2^23 - S) / 2^8) for X < 0
 *
 * table       [256]: 65536 * sigmoid(k / 24); from k = 255 on S is 65535 * 2^8
 * Ranges      count >= 1, multiplier 1 .. 32767, right_shift 0 .. 31.
 * Aliasing    output may be input itself; it overlaps nothing else.
 * Alignment   that of the types. Scratch none. Overflow none: the product is below 2^30.
 */

#include <stdint.h>

typedef struct fxk_tanh_params {
    int32_t count; /* elements */
    int32_t multiplier, right_shift;
} fxk_tanh_params;

typedef void fxk_tanh_s16_fn(const fxk_tanh_params *p, const int16_t *input, const int32_t *table,
                             int16_t *output);

#endif
