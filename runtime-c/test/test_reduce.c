/* SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#include "check.h"
#include "reduce/fxk_reduce_max_s8_portable.h"
#include "reduce/fxk_reduce_min_s8_portable.h"
#include "reduce/fxk_reduce_sum_s8_portable.h"
#include "reference.h"

static void reduces(void)
{
    const fxk_reduce_max_params max = {
        .kept_0 = check_random(1, 4),
        .reduced_0 = check_random(1, 6),
        .kept_1 = check_random(1, 4),
        .reduced_1 = check_random(1, 6),
        .kept_2 = check_random(1, 4),
    };
    const int32_t n = max.reduced_0 * max.reduced_1;
    const fxk_reduce_sum_params sum = {
        .kept_0 = max.kept_0,
        .reduced_0 = max.reduced_0,
        .kept_1 = max.kept_1,
        .reduced_1 = max.reduced_1,
        .kept_2 = max.kept_2,
        .sum_offset = -n * check_random(-128, 127),
        /* A mean's multiplier may be below 2^30. */
        .multiplier = check_random_multiplier() / check_random(1, 2),
        .shift = check_random(-6, 3),
        .output_zero_point = check_random(-128, 127),
    };
    const int32_t count = max.kept_0 * max.kept_1 * max.kept_2;
    const int8_t *const input = check_noise(count * n);
    int8_t *const output = check_array((size_t)count);
    int8_t *const expected = check_array((size_t)count);
    reference_reduce_sum(&sum, input, expected);
    fxk_reduce_sum_s8_portable(&sum, input, output);
    check_bytes(output, expected, count);
    reference_reduce_max(&max, input, expected);
    fxk_reduce_max_s8_portable(&max, input, output);
    check_bytes(output, expected, count);
    reference_reduce_min(&max, input, expected);
    fxk_reduce_min_s8_portable(&max, input, output);
    check_bytes(output, expected, count);
}

void test_reduce(int32_t effort)
{
    for (int32_t i = 0; i < 40 * effort; i++) {
        check_case("reduce");
        reduces();
    }
}
