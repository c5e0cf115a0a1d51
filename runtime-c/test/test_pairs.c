/* SPDX-License-Identifier: Apache-2.0 */

/* MAXIMUM, MINIMUM, SQUARED_DIFFERENCE, DIV and broadcast PRELU; each also in place. */

#include "tests.h"

#include "check.h"
#include "div/fxk_div_s8_portable.h"
#include "maximum/fxk_maximum_s8_portable.h"
#include "minimum/fxk_minimum_s8_portable.h"
#include "prelu/fxk_prelu_broadcast_s8_portable.h"
#include "reference.h"
#include "squared_difference/fxk_squared_difference_s8_portable.h"

/* Two operands, and how many elements they and the output have. */
typedef struct pair {
    int32_t a_count, b_count, count;
    int8_t *a, *b, *output, *expected;
} pair;

/* Random extents; each operand is dense but repeated along the axes of a random set. */
static fxk_broadcast_params random_walk(pair *of)
{
    fxk_broadcast_params walk;
    of->a_count = 1;
    of->b_count = 1;
    of->count = 1;
    const int32_t plain = check_random(0, 2) == 0;
    for (int32_t axis = 5; axis >= 0; axis--) {
        const int32_t repeated = plain ? 0 : check_random(0, 3);
        walk.dims[axis] = check_random(1, 3);
        walk.a_stride[axis] = repeated == 1 ? 0 : of->a_count;
        walk.b_stride[axis] = repeated == 2 ? 0 : of->b_count;
        of->a_count *= repeated == 1 ? 1 : walk.dims[axis];
        of->b_count *= repeated == 2 ? 1 : walk.dims[axis];
        of->count *= walk.dims[axis];
    }
    of->a = check_noise(of->a_count);
    of->b = check_noise(of->b_count);
    of->output = check_array((size_t)of->count);
    of->expected = check_array((size_t)of->count);
    return walk;
}

static void compares(void)
{
    check_case("maximum and minimum");
    pair of;
    const fxk_broadcast_params p = random_walk(&of);
    reference_maximum(&p, of.a, of.b, of.expected);
    fxk_maximum_s8_portable(&p, of.a, of.b, of.output);
    check_bytes(of.output, of.expected, of.count);
    reference_minimum(&p, of.a, of.b, of.expected);
    fxk_minimum_s8_portable(&p, of.a, of.b, of.output);
    check_bytes(of.output, of.expected, of.count);
    if (of.a_count == of.count) {
        fxk_minimum_s8_portable(&p, of.a, of.b, of.a);
        check_bytes(of.a, of.expected, of.count);
    }
}

static void squares(void)
{
    check_case("squared difference");
    pair of;
    const fxk_squared_difference_params p = {
        .walk = random_walk(&of),
        .left_shift = 7,
        .a_offset = check_random(-127, 128),
        .a_multiplier = 1 << 30,
        .a_shift = 0,
        .b_offset = check_random(-127, 128),
        .b_multiplier = check_random_multiplier(),
        .b_shift = -check_random(1, 8),
        .output_multiplier = check_random_multiplier(),
        .output_shift = check_random(0, 9) == 0 ? 0 : -check_random(8, 23),
        .output_zero_point = check_random(-128, 127),
    };
    reference_squared_difference(&p, of.a, of.b, of.expected);
    fxk_squared_difference_s8_portable(&p, of.a, of.b, of.output);
    check_bytes(of.output, of.expected, of.count);
    if (of.b_count == of.count) {
        fxk_squared_difference_s8_portable(&p, of.a, of.b, of.b);
        check_bytes(of.b, of.expected, of.count);
    }
}

static void divides(void)
{
    check_case("div");
    pair of;
    const int32_t zero = check_random(-128, 127);
    const int32_t unit = check_random_multiplier();
    int32_t *const reciprocals = check_array(256 * sizeof(int32_t));
    for (int32_t b = -128; b < 128; b++) {
        reciprocals[b + 128] = b == zero ? 0 : unit / (b - zero);
    }
    const fxk_div_params p = {
        .walk = random_walk(&of),
        .a_offset = check_random(-127, 128),
        .shift = check_random(0, 9) == 0 ? check_random(-31, 6) : -check_random(5, 16),
        .output_zero_point = check_random(-128, 127),
        .output_min = check_random(-128, 0),
        .output_max = check_random(1, 127),
    };
    reference_div(&p, of.a, of.b, reciprocals, of.expected);
    fxk_div_s8_portable(&p, of.a, of.b, reciprocals, of.output);
    check_bytes(of.output, of.expected, of.count);
    if (of.a_count == of.count) {
        fxk_div_s8_portable(&p, of.a, of.b, reciprocals, of.a);
        check_bytes(of.a, of.expected, of.count);
    }
}

static void bends(void)
{
    check_case("broadcast prelu");
    pair of;
    const fxk_prelu_broadcast_params p = {
        .walk = random_walk(&of),
        .element = {
            .outer = 1,
            .channels = 1,
            .input_offset = check_random(-127, 128),
            .alpha_offset = check_random(-127, 128),
            .positive_multiplier = check_random_multiplier(),
            .positive_shift = check_random(-2, 2),
            .negative_multiplier = check_random_multiplier(),
            .negative_shift = check_random(-9, 1),
            .output_zero_point = check_random(-128, 127),
        },
    };
    reference_prelu_broadcast(&p, of.a, of.b, of.expected);
    fxk_prelu_broadcast_s8_portable(&p, of.a, of.b, of.output);
    check_bytes(of.output, of.expected, of.count);
    if (of.a_count == of.count) {
        fxk_prelu_broadcast_s8_portable(&p, of.a, of.b, of.a);
        check_bytes(of.a, of.expected, of.count);
    }
}

void test_pairs(int32_t effort)
{
    for (int32_t i = 0; i < 40 * effort; i++) {
        compares();
        squares();
        divides();
        bends();
    }
}
