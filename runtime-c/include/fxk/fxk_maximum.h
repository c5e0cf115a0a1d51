/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_MAXIMUM_H
#define FXK_MAXIMUM_H

/*
 * MAXIMUM and MINIMUM, int8 and int16: the larger or the smaller of two codes. Both operands and the output
 * have one scale and one zero point. No arithmetic, so no overflow.
 *
 * Shapes, order and aliasing: fxk_broadcast.h.
 */

#include <stdint.h>

#include "fxk/fxk_broadcast.h"

typedef void fxk_maximum_s8_fn(const fxk_broadcast_params *p, const int8_t *a, const int8_t *b,
                               int8_t *output);
typedef void fxk_minimum_s8_fn(const fxk_broadcast_params *p, const int8_t *a, const int8_t *b,
                               int8_t *output);

typedef void fxk_maximum_s16_fn(const fxk_broadcast_params *p, const int16_t *a, const int16_t *b,
                                int16_t *output);
typedef void fxk_minimum_s16_fn(const fxk_broadcast_params *p, const int16_t *a, const int16_t *b,
                                int16_t *output);

#endif
