/* SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#include "arg_max/fxk_arg_max_s16_portable.h"
#include "arg_max/fxk_arg_max_s8_portable.h"
#include "check.h"
#include "reduce/fxk_reduce_max_s8_portable.h"
#include "reduce/fxk_reduce_min_s8_portable.h"
#include "reduce/fxk_reduce_sum_s8_portable.h"
#include "reference.h"

static void reduces(void)
{
    const fxk_reduce_walk_params walk = {
        .kept_0 = check_random(1, 3),
        .reduced_0 = check_random(1, 5),
        .kept_1 = check_random(1, 3),
        .reduced_1 = check_random(1, 5),
        .kept_2 = check_random(1, 3),
        .reduced_2 = check_random(1, 3),
        .kept_3 = check_random(1, 4),
    };
    const int32_t n = walk.reduced_0 * walk.reduced_1 * walk.reduced_2;
    const fxk_reduce_sum_params sum = {
        .walk = walk,
        .sum_offset = -n * check_random(-128, 127),
        /* A mean's multiplier may be below 2^30. */
        .multiplier = check_random_multiplier() / check_random(1, 2),
        .shift = check_random(-6, 3),
        .output_zero_point = check_random(-128, 127),
    };
    const int32_t count = walk.kept_0 * walk.kept_1 * walk.kept_2 * walk.kept_3;
    const int8_t *const input = check_noise(count * n);
    int8_t *const output = check_array((size_t)count);
    int8_t *const expected = check_array((size_t)count);
    reference_reduce_sum(&sum, input, expected);
    fxk_reduce_sum_s8_portable(&sum, input, output);
    check_bytes(output, expected, count);
    reference_reduce_max(&walk, input, expected);
    fxk_reduce_max_s8_portable(&walk, input, output);
    check_bytes(output, expected, count);
    reference_reduce_min(&walk, input, expected);
    fxk_reduce_min_s8_portable(&walk, input, output);
    check_bytes(output, expected, count);
}

/* From the far end: a later element gives way to any earlier one that is not worse. */
static int32_t first_extremum(const fxk_arg_max_params *p, const int16_t *input, int32_t a, int32_t b)
{
    int32_t found = p->extent - 1;
    for (int32_t i = p->extent - 1; i >= 0; i--) {
        const int32_t known = input[(a * p->extent + found) * p->inner + b];
        const int32_t x = input[(a * p->extent + i) * p->inner + b];
        found = (p->sign == 1 && x >= known) || (p->sign == -1 && x <= known) ? i : found;
    }
    return found;
}

static void arg_max(void)
{
    const fxk_arg_max_params p = {
        .outer = check_random(1, 4),
        .extent = check_random(1, 40),
        .inner = check_random(1, 4),
        .sign = 2 * check_random(0, 1) - 1,
    };
    const int32_t count = p.outer * p.extent * p.inner;
    /* Few values, so that there are equals; the ends of the range among them. */
    int8_t *const bytes = check_array((size_t)count);
    int16_t *const halves = check_array(2 * (size_t)count);
    for (int32_t i = 0; i < count; i++) {
        const int32_t x = check_random(-3, 3);
        bytes[i] = (int8_t)(x == -3 ? -128 : x == 3 ? 127 : x);
        halves[i] = (int16_t)(x == -3 ? -32768 : x == 3 ? 32767 : x);
    }
    int32_t *const of_bytes = check_array(4 * (size_t)(p.outer * p.inner));
    int32_t *const of_halves = check_array(4 * (size_t)(p.outer * p.inner));
    fxk_arg_max_s8_portable(&p, bytes, of_bytes);
    fxk_arg_max_s16_portable(&p, halves, of_halves);
    for (int32_t i = 0; i < p.outer * p.inner; i++) {
        const int32_t expected = first_extremum(&p, halves, i / p.inner, i % p.inner);
        check_equal(of_bytes[i], expected, "arg_max s8", (size_t)i);
        check_equal(of_halves[i], expected, "arg_max s16", (size_t)i);
    }
}

void test_reduce(int32_t effort)
{
    for (int32_t i = 0; i < 40 * effort; i++) {
        check_case("reduce");
        reduces();
        check_case("arg_max");
        arg_max();
    }
}
