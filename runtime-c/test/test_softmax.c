/* SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#include <math.h>

#include "check.h"
#include "reference.h"
#include "softmax/fxk_softmax_s8_portable.h"

/* exp(-d * scale) in Q0.31; 0 below 2^-31, as beyond TensorFlow Lite's diff_min. */
static void fill_table(int32_t *table, double scale)
{
    for (int32_t d = 0; d < 256; d++) {
        const double value = floor(exp(-d * scale) * 2147483648.0);
        table[d] = value >= 2147483647.0 ? INT32_MAX : (int32_t)value;
    }
}

/* Within one step of 1/256 of the real function: the fixed point is good for more than that. */
static void check_real(const int8_t *input, const int8_t *output, int32_t depth, double scale)
{
    double sum = 0;
    for (int32_t c = 0; c < depth; c++) {
        sum += exp(input[c] * scale);
    }
    for (int32_t c = 0; c < depth; c++) {
        const double real = exp(input[c] * scale) / sum * 256 - 128;
        const double limited = real > 127 ? 127 : real;
        check_equal(fabs(output[c] - limited) <= 1.0, 1, "close to the real softmax", (size_t)c);
    }
}

static void check_rows(int32_t rows, int32_t depth, double scale)
{
    const fxk_softmax_params p = {.rows = rows, .depth = depth};
    const int32_t count = rows * depth;
    check_case("softmax");
    int8_t *const input = check_noise(count);
    int32_t *const table = check_array(256 * sizeof(int32_t));
    int8_t *const output = check_array((size_t)count);
    int8_t *const expected = check_array((size_t)count);
    fill_table(table, scale);
    reference_softmax(&p, input, table, expected);
    fxk_softmax_s8_portable(&p, input, table, output);
    check_bytes(output, expected, count);
    for (int32_t r = 0; r < rows; r++) {
        check_real(input + r * depth, output + r * depth, depth, scale);
    }
    fxk_softmax_s8_portable(&p, input, table, input);
    check_bytes(input, expected, count);
}

static void inverts(int32_t rounds)
{
    check_case("reciprocal");
    check_equal(fxk_softmax_reciprocal(0), INT32_MAX, "of one", 0);
    for (int32_t i = 0; i < rounds; i++) {
        const int32_t x = check_random(0, INT32_MAX) >> check_random(0, 20);
        const int32_t result = fxk_softmax_reciprocal(x);
        const double real = 2147483648.0 / (1.0 + x / 2147483648.0);
        check_equal(result, reference_reciprocal(x), "of one and", (size_t)x);
        check_equal(fabs(result - real) < 64.0, 1, "close to the real reciprocal", (size_t)x);
    }
}

void test_softmax(int32_t effort)
{
    inverts(effort * 1000);
    check_rows(1, 1, 0.1);
    check_rows(2, 511, 1e-9);
    check_rows(2, 511, 0.2);
    for (int32_t i = 0; i < 10 * effort; i++) {
        check_rows(check_random(1, 3), check_random(1, 30), pow(10.0, check_random(-30, 2) / 10.0));
    }
}
