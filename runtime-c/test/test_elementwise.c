/* SPDX-License-Identifier: Apache-2.0 */

/* ADD, SUB, MUL, PRELU and lookup tables; each also in place. */

#include "tests.h"

#include "add/fxk_add_broadcast_s8_portable.h"
#include "add/fxk_add_s8_portable.h"
#include "check.h"
#include "lut/fxk_lut_s8_portable.h"
#include "mul/fxk_mul_broadcast_s8_portable.h"
#include "mul/fxk_mul_s8_portable.h"
#include "prelu/fxk_prelu_s8_portable.h"
#include "reference.h"

static fxk_add_params random_add(int32_t count)
{
    fxk_add_params p = {
        .count = count,
        .left_shift = check_random(0, 9) == 0 ? check_random(0, 19) : 20,
        .a_offset = check_random(-127, 128),
        .a_multiplier = check_random_multiplier(),
        .a_shift = -check_random(0, 8),
        .b_offset = check_random(-127, 128),
        .b_multiplier = check_random_multiplier(),
        .b_shift = -check_random(0, 8),
        .output_multiplier = check_random_multiplier(),
        .output_zero_point = check_random(-128, 127),
        .output_min = check_random(-128, 0),
        .output_max = check_random(1, 127),
    };
    p.output_shift = check_random(0, 9) == 0 ? 0 : -check_random(p.left_shift / 2, p.left_shift);
    if (check_random(0, 1)) {
        p.a_multiplier = 1 << 30;
        p.a_shift = 0;
    }
    p.subtract = check_random(0, 2) == 0;
    return p;
}

static fxk_mul_params random_mul(int32_t count)
{
    const fxk_mul_params p = {
        .count = count,
        .a_offset = check_random(-127, 128),
        .b_offset = check_random(-127, 128),
        .output_multiplier = check_random_multiplier(),
        .output_shift = check_random(0, 9) == 0 ? check_random(-31, 8) : -check_random(5, 10),
        .output_zero_point = check_random(-128, 127),
        .output_min = check_random(-128, 0),
        .output_max = check_random(1, 127),
    };
    return p;
}

static void adds(void)
{
    const fxk_add_params p = random_add(check_random(1, 70));
    check_case("add");
    int8_t *const a = check_noise(p.count);
    int8_t *const b = check_noise(p.count);
    int8_t *const output = check_array((size_t)p.count);
    int8_t *const expected = check_array((size_t)p.count);
    reference_add(&p, a, b, expected);
    fxk_add_s8_portable(&p, a, b, output);
    check_bytes(output, expected, p.count);
    int8_t *const over_a = check_copy(a, p.count);
    fxk_add_s8_portable(&p, over_a, b, over_a);
    check_bytes(over_a, expected, p.count);
    fxk_add_s8_portable(&p, a, b, b);
    check_bytes(b, expected, p.count);
}

static void multiplies(void)
{
    const fxk_mul_params p = random_mul(check_random(1, 70));
    check_case("mul");
    int8_t *const a = check_noise(p.count);
    int8_t *const b = check_noise(p.count);
    int8_t *const output = check_array((size_t)p.count);
    int8_t *const expected = check_array((size_t)p.count);
    reference_mul(&p, a, b, expected);
    fxk_mul_s8_portable(&p, a, b, output);
    check_bytes(output, expected, p.count);
    fxk_mul_s8_portable(&p, a, b, a);
    check_bytes(a, expected, p.count);
}

/* Random extents; each operand is dense but repeated along the axes of a random set. */
static fxk_broadcast_params random_broadcast(int32_t *a_count, int32_t *b_count, int32_t *count)
{
    fxk_broadcast_params walk;
    *a_count = 1;
    *b_count = 1;
    *count = 1;
    for (int32_t axis = 5; axis >= 0; axis--) {
        const int32_t repeated = check_random(0, 3);
        walk.dims[axis] = check_random(1, 4);
        walk.a_stride[axis] = repeated == 1 ? 0 : *a_count;
        walk.b_stride[axis] = repeated == 2 ? 0 : *b_count;
        *a_count *= repeated == 1 ? 1 : walk.dims[axis];
        *b_count *= repeated == 2 ? 1 : walk.dims[axis];
        *count *= walk.dims[axis];
    }
    return walk;
}

static void broadcasts(void)
{
    int32_t a_count;
    int32_t b_count;
    int32_t count;
    const fxk_broadcast_params walk = random_broadcast(&a_count, &b_count, &count);
    const fxk_add_broadcast_params add = {.walk = walk, .element = random_add(1)};
    const fxk_mul_broadcast_params mul = {.walk = walk, .element = random_mul(1)};
    check_case("broadcast");
    int8_t *const a = check_noise(a_count);
    int8_t *const b = check_noise(b_count);
    int8_t *const output = check_array((size_t)count);
    int8_t *const expected = check_array((size_t)count);
    reference_mul_broadcast(&mul, a, b, expected);
    fxk_mul_broadcast_s8_portable(&mul, a, b, output);
    check_bytes(output, expected, count);
    reference_add_broadcast(&add, a, b, expected);
    fxk_add_broadcast_s8_portable(&add, a, b, output);
    check_bytes(output, expected, count);
    if (a_count == count) {
        fxk_add_broadcast_s8_portable(&add, a, b, a);
        check_bytes(a, expected, count);
    }
}

static void looks_up(void)
{
    const fxk_lut_params p = {.count = check_random(1, 70)};
    check_case("lut");
    int8_t *const input = check_noise(p.count);
    const int8_t *const table = check_noise(256);
    int8_t *const output = check_array((size_t)p.count);
    int8_t *const expected = check_array((size_t)p.count);
    reference_lut(&p, input, table, expected);
    fxk_lut_s8_portable(&p, input, table, output);
    check_bytes(output, expected, p.count);
    fxk_lut_s8_portable(&p, input, table, input);
    check_bytes(input, expected, p.count);
}

static void bends(void)
{
    const fxk_prelu_params p = {
        .outer = check_random(1, 9),
        .channels = check_random(1, 9),
        .input_offset = check_random(-127, 128),
        .alpha_offset = check_random(-127, 128),
        .positive_multiplier = check_random_multiplier(),
        .positive_shift = check_random(-2, 2),
        .negative_multiplier = check_random_multiplier(),
        .negative_shift = check_random(-9, 1),
        .output_zero_point = check_random(-128, 127),
    };
    const int32_t count = p.outer * p.channels;
    check_case("prelu");
    int8_t *const input = check_noise(count);
    const int8_t *const alpha = check_noise(p.channels);
    int8_t *const output = check_array((size_t)count);
    int8_t *const expected = check_array((size_t)count);
    reference_prelu(&p, input, alpha, expected);
    fxk_prelu_s8_portable(&p, input, alpha, output);
    check_bytes(output, expected, count);
    fxk_prelu_s8_portable(&p, input, alpha, input);
    check_bytes(input, expected, count);
}

void test_elementwise(int32_t effort)
{
    for (int32_t i = 0; i < 40 * effort; i++) {
        adds();
        multiplies();
        broadcasts();
        looks_up();
        bends();
    }
}
