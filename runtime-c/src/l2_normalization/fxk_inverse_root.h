/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_INVERSE_ROOT_H
#define FXK_INVERSE_ROOT_H

/* 1 / sqrt(x) as a factor for fxk_requantize, bit for bit TensorFlow Lite's. */

#include <stdint.h>

#include "fxk/fxk_arith.h"

typedef struct fxk_factor {
    int32_t multiplier, shift;
} fxk_factor;

static inline int32_t fxk_saturating_shift(int32_t x, int32_t bits)
{
    const int32_t most = INT32_MAX >> bits;
    if (x > most) {
        return INT32_MAX;
    }
    if (x < -most - 1) {
        return INT32_MIN;
    }
    return (int32_t)((uint32_t)x << bits);
}

/* x >= 0; 0 counts as 1. Five steps of Newton's method, with 28 fractional bits. */
static inline fxk_factor fxk_inverse_root(int32_t x)
{
    fxk_factor factor = {INT32_MAX, 0};
    if (x <= 1) {
        return factor;
    }
    int32_t right = 11;
    while (x >= (int32_t)1 << 29) {
        x /= 4;
        right++;
    }
    while (x < (int32_t)1 << 27) {
        x *= 4;
        right--;
    }
    const int32_t half = fxk_divide_by_power_of_two(x >> 1, 1);
    int32_t root = (int32_t)1 << 28;
    for (int32_t i = 0; i < 5; i++) {
        const int32_t square = fxk_multiply_high(root, root);
        const int32_t cube = fxk_saturating_shift(fxk_multiply_high(square, root), 6);
        const int32_t three_halves = fxk_multiply_high(3 * ((int32_t)1 << 27), root);
        root = fxk_saturating_shift(three_halves - fxk_multiply_high(half, cube), 3);
    }
    /* sqrt(1/2), with 31 fractional bits. */
    factor.multiplier = fxk_multiply_high(root, 1518500250);
    factor.shift = -right;
    if (right < 0) {
        factor.multiplier = (int32_t)((uint32_t)factor.multiplier << -right);
        factor.shift = 0;
    }
    return factor;
}

#endif
