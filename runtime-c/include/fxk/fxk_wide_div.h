/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_WIDE_DIV_H
#define FXK_WIDE_DIV_H

/*
 * DIV, int16 (not in TensorFlow Lite).
 *
 *   output = clamp(round(a * multiplier / (b * 2^shift)), output_min, output_max)
 *
 * halves away from zero. b = 0: the end of int16 on a's side, 0 for a = 0; clamped, too.
 *
 * Shapes, order and aliasing: fxk_broadcast.h.
 *
 * Ranges      multiplier 2^30 .. 2^31-1, shift 0 .. 47.
 * Overflow    none: |a * multiplier| < 2^46, |b * 2^shift| <= 2^62.
 */

#include <stdint.h>

#include "fxk/fxk_broadcast.h"

typedef struct fxk_wide_div_params {
    fxk_broadcast_params walk;
    int32_t multiplier, shift;
    int32_t output_min, output_max;
} fxk_wide_div_params;

typedef void fxk_wide_div_s16_fn(const fxk_wide_div_params *p, const int16_t *a, const int16_t *b,
                                 int16_t *output);

#endif
