/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_GATE_FUNCTIONS_H
#define FXK_GATE_FUNCTIONS_H

/*
 * Sigmoid and tanh of int16 in 16-bit fixed point, bit for bit gemmlowp's. They are called and not
 * inlined: a cell needs five of them, and the loops over its inputs take far longer.
 */

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_compiler.h"

/* The high half of 2ab, rounded; |a|, |b| <= 32768, not both -32768. */
static inline FXK_ALWAYS_INLINE int32_t fxk_gate_multiply(int32_t a, int32_t b)
{
    return (a * b + (1 << 14)) >> 15;
}

/* exp on [-1/4, 0) by the Taylor polynomial around -1/8; argument and result Q0.15. */
static inline FXK_ALWAYS_INLINE int32_t fxk_gate_exp_fraction(int32_t a)
{
    const int32_t x = a + 4096;
    const int32_t x2 = fxk_gate_multiply(x, x);
    const int32_t x3 = fxk_gate_multiply(x2, x);
    const int32_t x4 = fxk_gate_multiply(x2, x2);
    const int32_t cubic = fxk_gate_multiply(fxk_divide_by_power_of_two(x4, 2) + x3, 10923);
    const int32_t higher = fxk_divide_by_power_of_two(cubic + x2, 1);
    return fxk_clamp_s16(28918 + fxk_gate_multiply(28918, x + higher), -32768, 32767);
}

/*
 * exp(x), Q0.15. x, -32768 .. -1, has integer_bits bits before the point, 1 .. 7; what is below -32
 * gives 0.
 */
static inline int32_t fxk_gate_exp(int32_t x, int32_t integer_bits)
{
    /* exp(-1/4), exp(-1/2), exp(-1), ... exp(-16), Q0.15. */
    static const int16_t powers[7] = {25520, 19875, 12055, 4435, 600, 11, 0};
    const int32_t fraction_bits = 15 - integer_bits;
    if (integer_bits > 5 && x < -(32 << fraction_bits)) {
        return 0;
    }
    const int32_t quarter = 1 << (fraction_bits - 2);
    const int32_t fraction = (x & (quarter - 1)) - quarter;
    int32_t result = fxk_gate_exp_fraction(fraction * (1 << integer_bits));
    const int32_t rest = fraction - x;
    for (int32_t k = 0; k < 7 && k < integer_bits + 2; k++) {
        if ((rest & (quarter << k)) != 0) {
            result = fxk_gate_multiply(result, powers[k]);
        }
    }
    return result;
}

/* 2 / (1 + a), Q2.13, of 0 <= a < 1: three steps of Newton's method from 48/17 - 32/17 (1 + a) / 2. */
static inline FXK_ALWAYS_INLINE int32_t fxk_gate_half_reciprocal(int32_t a)
{
    const int32_t half = (a + 32768) / 2;
    int32_t x = 23130 + fxk_gate_multiply(half, -15420);
    for (int32_t step = 0; step < 3; step++) {
        const int32_t error = 8192 - fxk_gate_multiply(half, x);
        x += fxk_clamp_s16(fxk_gate_multiply(x, error) * 4, -32768, 32767);
    }
    return x;
}

/* 1 / (1 + exp(-x)), Q0.15, of Q3.12. */
static inline int32_t fxk_gate_logistic(int32_t x)
{
    if (x == 0) {
        return 16384;
    }
    const int32_t power = fxk_gate_exp(x < 0 ? x : -x, 3);
    const int32_t positive = fxk_clamp_s16(fxk_gate_half_reciprocal(power) * 2, -32768, 32767);
    return x > 0 ? positive : 32767 - positive;
}

/* tanh(x), Q0.15; x has integer_bits bits before the point, 0 .. 6. */
static inline int32_t fxk_gate_tanh(int32_t x, int32_t integer_bits)
{
    if (x == 0) {
        return 0;
    }
    /* exp(-2|x|): the same bits with the point one place further. */
    const int32_t power = fxk_gate_exp(x < 0 ? x : -x, integer_bits + 1);
    const int32_t above = fxk_gate_half_reciprocal(power) - 8192;
    const int32_t positive = fxk_clamp_s16(above * 4, -32768, 32767);
    return x > 0 ? positive : -positive;
}

#endif
