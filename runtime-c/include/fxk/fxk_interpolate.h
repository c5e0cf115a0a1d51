/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_INTERPOLATE_H
#define FXK_INTERPOLATE_H

/*
 * A function of one int16 element by a table and straight lines: EXP, LOG, RSQRT, SQRT, NEG.
 *
 *   k = 256 + floor(input[i] / 128), f = input[i] modulo 128
 *   output[i] = table[k] + ((slope * f + 64) >> 7), slope = table[k + 1] - table[k]
 *
 * slope and output wrap to 16 bits, as in TensorFlow Lite's LUTLookup.
 *
 * table       [513]: the function of -32768, -32640, .. 32640, 32768
 * Ranges      count >= 1.
 * Aliasing    output may be input itself; it overlaps nothing else.
 * Alignment   2 bytes. Scratch none. Overflow none: |slope * f| < 2^22.
 */

#include <stdint.h>

typedef struct fxk_interpolate_params {
    int32_t count; /* elements */
} fxk_interpolate_params;

typedef void fxk_interpolate_s16_fn(const fxk_interpolate_params *p, const int16_t *input,
                                    const int16_t *table, int16_t *output);

#endif
