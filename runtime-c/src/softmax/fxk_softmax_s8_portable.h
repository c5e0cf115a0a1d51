/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_SOFTMAX_S8_PORTABLE_H
#define FXK_SOFTMAX_S8_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_softmax.h"

/* Integer bits of the sum of exponentials: Q12.19. */
#define FXK_SOFTMAX_SUM_BITS 12

/* 0 <= x < 2^31. */
static inline FXK_ALWAYS_INLINE int32_t fxk_softmax_leading_zeros(int32_t x)
{
    int32_t zeros = 0;
    for (uint32_t bits = (uint32_t)x; zeros < 32 && (bits & 0x80000000U) == 0; bits <<= 1) {
        zeros++;
    }
    return zeros;
}

/*
 * 1 / (1 + x) for x in [0, 1), Q0.31 to Q0.31: gemmlowp's Newton-Raphson division. The denominator
 * is halved into [1/2, 1), the reciprocal of the half is estimated as 48/17 - 32/17 * half (Q2.29)
 * and improved three times.
 */
static inline FXK_ALWAYS_INLINE int32_t fxk_softmax_reciprocal(int32_t x)
{
    const int32_t one = (int32_t)1 << 29;
    const int32_t half = (int32_t)(((int64_t)x + INT32_MAX + 1) / 2);
    int32_t r = 1515870810 + fxk_multiply_high(half, -1010580540);
    for (int32_t i = 0; i < 3; i++) {
        const int32_t error = one - fxk_multiply_high(half, r);
        /* Q2.29 times Q2.29 is Q4.27. */
        r += fxk_multiply_high(r, error) * 4;
    }
    /* Q2.29 times one half is Q1.30, brought to Q0.31; the largest values saturate. */
    return r > (INT32_MAX >> 1) ? INT32_MAX : r * 2;
}

static inline FXK_ALWAYS_INLINE void fxk_softmax_row(int32_t depth, const int8_t *input,
                                                     const int32_t *exp_table, int8_t *output)
{
    int32_t largest = input[0];
    for (int32_t c = 1; c < depth; c++) {
        largest = input[c] > largest ? input[c] : largest;
    }
    int32_t sum = 0;
    for (int32_t c = 0; c < depth; c++) {
        sum += fxk_divide_by_power_of_two(exp_table[largest - input[c]], FXK_SOFTMAX_SUM_BITS);
    }
    const int32_t zeros = fxk_softmax_leading_zeros(sum);
    const int32_t fraction = (int32_t)(((uint32_t)sum << zeros) - 0x80000000U);
    const int32_t scale = fxk_softmax_reciprocal(fraction);
    const int32_t exponent = FXK_SOFTMAX_SUM_BITS - zeros + 31 - 8;
    for (int32_t c = 0; c < depth; c++) {
        const int32_t product = fxk_multiply_high(scale, exp_table[largest - input[c]]);
        const int32_t probability = fxk_divide_by_power_of_two(product, exponent);
        output[c] = (int8_t)fxk_clamp_s8(probability - 128, -128, 127);
    }
}

static inline FXK_ALWAYS_INLINE void fxk_softmax_s8_portable(const fxk_softmax_params *p,
                                                             const int8_t *input,
                                                             const int32_t *exp_table,
                                                             int8_t *output)
{
    for (int32_t r = 0; r < p->rows; r++) {
        fxk_softmax_row(p->depth, input + r * p->depth, exp_table, output + r * p->depth);
    }
}

#endif
