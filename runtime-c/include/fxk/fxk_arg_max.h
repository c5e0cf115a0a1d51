/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_ARG_MAX_H
#define FXK_ARG_MAX_H

/*
 * ARG_MAX and ARG_MIN, int8 and int16, along any axis: where the extremum is, the first one of equals.
 *
 * input       [outer, extent, inner]: the axes before the axis, the axis, and those behind it
 * output      [outer, inner], int32: 0 .. extent - 1
 * sign        1 for ARG_MAX, -1 for ARG_MIN
 *
 * Ranges      outer, extent and inner >= 1.
 * Aliasing    output overlaps no other array.
 * Alignment   that of the element types. Scratch none.
 */

#include <stdint.h>

typedef struct fxk_arg_max_params {
    int32_t outer, extent, inner;
    int32_t sign;
} fxk_arg_max_params;

typedef void fxk_arg_max_s8_fn(const fxk_arg_max_params *p, const int8_t *input, int32_t *output);
typedef void fxk_arg_max_s16_fn(const fxk_arg_max_params *p, const int16_t *input, int32_t *output);

#endif
