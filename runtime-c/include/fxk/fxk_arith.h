/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_ARITH_H
#define FXK_ARITH_H

/*
 * The fixed-point arithmetic of the contract: that of TensorFlow Lite 2.19's reference kernels with
 * double rounding, bit for bit.
 *
 * A real factor M is (multiplier, shift): M = multiplier * 2^(shift - 31).
 *
 *   multiplier  2^30 .. 2^31-1, or 0 where M is 0.
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
    /* One off a negative value turns "half up" into "half away from zero". */
    const int32_t nudged = x + (x >> 31);
    return (nudged >> exponent) + ((nudged >> (exponent - 1)) & 1);
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

/* x limited to min .. max, -128 <= min <= max <= 127. */
static inline FXK_ALWAYS_INLINE int32_t fxk_clamp_s8(int32_t x, int32_t min, int32_t max)
{
#if FXK_HAS_SATURATE
    /* One instruction for what compilers do not recognise in front of a store. */
    if (min == -128 || max == 127) {
        x = (int32_t)__builtin_arm_ssat(x, 8);
    }
    if (min == -128 && max == 127) {
        return x;
    }
#endif
    const int32_t above = x < min ? min : x;
    return above > max ? max : above;
}

/* x limited to min .. max, -32768 <= min <= max <= 32767. */
static inline FXK_ALWAYS_INLINE int32_t fxk_clamp_s16(int32_t x, int32_t min, int32_t max)
{
#if FXK_HAS_SATURATE
    if (min == -32768 && max == 32767) {
        return (int32_t)__builtin_arm_ssat(x, 16);
    }
#endif
    const int32_t above = x < min ? min : x;
    return above > max ? max : above;
}

/*
 * a * b / 2^32, rounded to nearest, ties towards plus infinity, without the saturating case
 * a = b = INT32_MIN.
 */
static inline FXK_ALWAYS_INLINE int32_t fxk_multiply_top(int32_t a, int32_t b)
{
#if FXK_FEW_REGISTERS
    /* Cores without a long multiply: four products of halves beat the library's 64-bit routine. */
    const int32_t a_high = a >> 16;
    const int32_t b_high = b >> 16;
    const uint32_t a_low = (uint32_t)a & 0xffffU;
    const uint32_t b_low = (uint32_t)b & 0xffffU;
    const uint32_t low = a_low * b_low;
    const int32_t middle_1 = a_high * (int32_t)b_low + (int32_t)(low >> 16);
    const int32_t middle_2 = b_high * (int32_t)a_low + (middle_1 & 0xffff);
    return a_high * b_high + (middle_1 >> 16) + (((middle_2 >> 15) + 1) >> 1);
#else
    const int64_t product = (int64_t)a * b;
    return (int32_t)(product >> 32) + (int32_t)((uint32_t)product >> 31);
#endif
}

/*
 * The end of most kernels: clamp(requantize(x, multiplier, shift) + zero_point, min, max).
 *
 * narrow is a literal. 1 promises |x| < 2^30 and shift -31 .. -1, and gives the same result in about
 * half the instructions: 2x fits 32 bits, so the product's upper word needs no realignment, and the
 * zero point is added in the last rounding. 0 promises nothing.
 */
static inline FXK_ALWAYS_INLINE int8_t fxk_requantize_s8(int32_t x, int32_t multiplier,
                                                         int32_t shift, int32_t zero_point,
                                                         int32_t min, int32_t max, int32_t narrow)
{
    if (!narrow) {
        return (int8_t)fxk_clamp_s8(fxk_requantize(x, multiplier, shift) + zero_point, min, max);
    }
    const int32_t scaled = fxk_multiply_top(2 * x, multiplier);
    const int32_t nudged = scaled + (scaled >> 31);
    const int32_t twice = (nudged >> (-shift - 1)) + (2 * zero_point + 1);
    return (int8_t)fxk_clamp_s8(twice >> 1, min, max);
}

/*
 * x * multiplier / 2^right_shift, rounded to nearest, ties towards plus infinity, and wrapped to 32
 * bits; |x| < 2^47, multiplier 0 .. 32767, right_shift 8 .. 46. (TensorFlow Lite:
 * MultiplyByQuantizedMultiplier of 64-bit accumulators.)
 */
static inline FXK_ALWAYS_INLINE int32_t fxk_scale_once(int64_t x, int32_t multiplier,
                                                       int32_t right_shift)
{
    const int64_t half = (int64_t)1 << (right_shift - 1);
    return (int32_t)((x * multiplier + half) >> right_shift);
}

/*
 * fxk_requantize_s8 for int16, whose zero point is 0. narrow may also be 2: shift is -46 .. -8, and
 * the result clamp(fxk_scale_once(x, multiplier, -shift), min, max).
 */
static inline FXK_ALWAYS_INLINE int16_t fxk_requantize_s16(int32_t x, int32_t multiplier,
                                                           int32_t shift, int32_t min, int32_t max,
                                                           int32_t narrow)
{
    if (narrow == 2) {
        return (int16_t)fxk_clamp_s16(fxk_scale_once(x, multiplier, -shift), min, max);
    }
    if (!narrow) {
        return (int16_t)fxk_clamp_s16(fxk_requantize(x, multiplier, shift), min, max);
    }
    const int32_t scaled = fxk_multiply_top(2 * x, multiplier);
    const int32_t nudged = scaled + (scaled >> 31);
    return (int16_t)fxk_clamp_s16(((nudged >> (-shift - 1)) + 1) >> 1, min, max);
}

#endif
