/* SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#include "check.h"
#include "fxk/fxk_arith.h"
#include "reference.h"

static const int32_t edges[] = {
    INT32_MIN, INT32_MIN + 1, -(1 << 30) - 1, -(1 << 30), -(1 << 30) + 1, -65537, -65536, -65535,
    -32768,    -256,          -255,           -3,         -2,             -1,     0,      1,
    2,         3,             127,            128,        255,            256,    32767,  32768,
    65535,     65536,         65537,          (1 << 30) - 1, 1 << 30,     (1 << 30) + 1,
    INT32_MAX - 1, INT32_MAX};

static const int32_t multipliers[] = {0,       1,           1 << 30,          (1 << 30) + 1,
                                      1 << 29, 1518500250,  INT32_MAX - 1,    INT32_MAX,
                                      -(1 << 30), -1518500250, -INT32_MAX};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void check_one(int32_t x, int32_t multiplier, int32_t shift)
{
    const int32_t expected = reference_requantize(x, multiplier, shift);
    check_equal(fxk_requantize(x, multiplier, shift), expected, "requantize", (size_t)(shift + 31));
    if (x <= -(1 << 30) || x >= 1 << 30) {
        return;
    }
    check_equal(fxk_multiply_top(2 * x, multiplier), fxk_multiply_high(x, multiplier), "top", 0);
    if (shift < 0) {
        const int64_t sum = (int64_t)expected - 5;
        check_equal(fxk_requantize_s8(x, multiplier, shift, -5, -128, 127, 1),
                    sum < -128 ? -128 : sum > 127 ? 127 : sum, "narrow", (size_t)(shift + 31));
        check_equal(fxk_requantize_s8(x, multiplier, shift, -5, -100, 99, 1),
                    sum < -100 ? -100 : sum > 99 ? 99 : sum, "narrow, clamped",
                    (size_t)(shift + 31));
    }
}

static void requantizes_edges(void)
{
    check_case("requantize, edges");
    for (size_t i = 0; i < COUNT(edges); i++) {
        for (size_t j = 0; j < COUNT(multipliers); j++) {
            for (int32_t shift = -31; shift <= 30; shift++) {
                check_one(edges[i], multipliers[j], shift);
            }
        }
    }
}

/* Products exactly between two results, where the two roundings go different ways. */
static void requantizes_ties(void)
{
    check_case("requantize, ties");
    for (int32_t shift = -31; shift < 0; shift++) {
        for (int32_t k = -2000; k <= 2000; k++) {
            const int64_t tie = (2 * (int64_t)k + 1) * ((int64_t)1 << (-shift - 1));
            if (tie >= -(1 << 29) && tie < 1 << 29) {
                check_one((int32_t)(2 * tie), 1 << 30, shift);
                check_one((int32_t)(2 * tie) + 1, 1 << 30, shift);
                check_one((int32_t)(2 * tie) - 1, 1 << 30, shift);
            }
        }
    }
}

static void requantizes_noise(int32_t rounds)
{
    check_case("requantize, noise");
    for (int32_t i = 0; i < rounds; i++) {
        const int32_t x = check_random(INT32_MIN, INT32_MAX);
        check_one(x, check_random_multiplier(), check_random(-31, 30));
        check_one(x >> check_random(1, 24), check_random_multiplier(), check_random(-20, -1));
    }
}

/* The generator and this runtime rely on it; C99 leaves it to the compiler. */
static void shifts_negative_values_arithmetically(void)
{
    check_case("arithmetic shift");
    volatile int32_t minus_five = -5;
    check_equal(minus_five >> 1, -3, "shift", 0);
}

void test_arith(int32_t effort)
{
    shifts_negative_values_arithmetically();
    requantizes_edges();
    requantizes_ties();
    requantizes_noise(effort * 20000);
}
