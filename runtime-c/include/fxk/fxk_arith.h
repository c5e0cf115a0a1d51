/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_ARITH_H
#define FXK_ARITH_H

/*
 * The fixed-point arithmetic of the contract: that of TensorFlow Lite 2.19's reference kernels with
 * double rounding, bit for bit.
 *
 * A real factor M is (multiplier, shift): M = multiplier * 2^(shift - 31).
 *
 *   multiplier  2^30 .. 2^31-1, or 0 where M is 0; negative for the second operand of SUB.
 *               Never INT32_MIN.
 *   shift       -31 .. 30; a positive shift is to the left.
 *
 * A right shift of a negative value is arithmetic on every compiler supported; the tests check it.
 */

#include <stdint.h>

#include "fxk/fxk_compiler.h"

/*
 * x * multiplier / 2^31, rounded to nearest, ties towards plus infinity. Every x.
 * (gemmlowp: SaturatingRoundingDoublingHighMul; the saturating case INT32_MIN^2 cannot arise.)
 */
static inline FXK_ALWAYS_INLINE int32_t fxk_multiply_high(int32_t x, int32_t multiplier)
{
    return (int32_t)(((int64_t)x * multiplier + ((int64_t)1 << 30)) >> 31);
}

/*
 * x / 2^exponent, rounded to nearest, ties away from zero. Every x but INT32_MIN, exponent 0 .. 31.
 * (gemmlowp: RoundingDivideByPOT.)
 */
static inline FXK_ALWAYS_INLINE int32_t fxk_divide_by_power_of_two(int32_t x, int32_t exponent)
{
    if (exponent == 0) {
        return x;
    }
    /* One off a negative value turns "half up" into "half away from zero". Halving after the shift
     * instead of adding half before it keeps clear of overflow. */
    const int32_t nudged = x + (x >> 31);
    return ((nudged >> (exponent - 1)) + 1) >> 1;
}

/*
 * x * M, rounded twice. Every x; where shift > 0, x * 2^shift wraps to 32 bits.
 * (TensorFlow Lite: MultiplyByQuantizedMultiplier.)
 */
static inline FXK_ALWAYS_INLINE int32_t fxk_requantize(int32_t x, int32_t multiplier, int32_t shift)
{
    if (shift > 0) {
        return fxk_multiply_high((int32_t)((uint32_t)x << shift), multiplier);
    }
    return fxk_divide_by_power_of_two(fxk_multiply_high(x, multiplier), -shift);
}

static inline FXK_ALWAYS_INLINE int32_t fxk_clamp(int32_t x, int32_t min, int32_t max)
{
    const int32_t above = x < min ? min : x;
    return above > max ? max : above;
}

#endif
