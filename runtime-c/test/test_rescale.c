/* SPDX-License-Identifier: Apache-2.0 */

/* QUANTIZE between int8 and int16, against its definition in 64 bits. */

#include "tests.h"

#include "check.h"
#include "rescale/fxk_rescale_s16_portable.h"
#include "rescale/fxk_rescale_s16s8_portable.h"
#include "rescale/fxk_rescale_s8s16_portable.h"

/* x * multiplier * 2^(shift - 31), rounded half up at bit 31, then half away from zero. */
static int64_t scaled(int64_t x, const fxk_rescale_params *p)
{
    const int64_t left = p->shift > 0 ? p->shift : 0;
    const int64_t product = (x * ((int64_t)1 << left) * p->multiplier + (1 << 30)) >> 31;
    if (p->shift >= 0) {
        return product;
    }
    const int64_t half = (int64_t)1 << (-p->shift - 1);
    return product >= 0 ? (product + half) >> -p->shift : -((-product + half) >> -p->shift);
}

static int64_t limited(int64_t x, int64_t min, int64_t max)
{
    return x < min ? min : x > max ? max : x;
}

static fxk_rescale_params random_params(void)
{
    const fxk_rescale_params p = {
        .count = check_random(1, 40),
        .multiplier = check_random_multiplier(),
        .shift = check_random(-9, 9),
        .output_min = check_random(-32768, -1000),
        .output_max = check_random(1000, 32767),
    };
    return p;
}

static void halves_to_halves(void)
{
    const fxk_rescale_params p = random_params();
    check_case("rescale s16");
    int16_t *const input = check_noise_s16(p.count);
    int16_t *const output = check_array(2 * (size_t)p.count);
    int16_t *const expected = check_array(2 * (size_t)p.count);
    for (int32_t i = 0; i < p.count; i++) {
        expected[i] = (int16_t)limited(scaled(input[i], &p), p.output_min, p.output_max);
    }
    fxk_rescale_s16_portable(&p, input, output);
    check_halves(output, expected, p.count);
    fxk_rescale_s16_portable(&p, input, input);
    check_halves(input, expected, p.count);
}

static void bytes_to_halves(void)
{
    fxk_rescale_params p = random_params();
    p.input_offset = check_random(-127, 128);
    p.shift = check_random(0, 9);
    check_case("rescale s8s16");
    const int8_t *const input = check_noise(p.count);
    int16_t *const output = check_array(2 * (size_t)p.count);
    int16_t *const expected = check_array(2 * (size_t)p.count);
    for (int32_t i = 0; i < p.count; i++) {
        expected[i] = (int16_t)limited(scaled(input[i] + p.input_offset, &p), p.output_min, p.output_max);
    }
    fxk_rescale_s8s16_portable(&p, input, output);
    check_halves(output, expected, p.count);
}

static void halves_to_bytes(void)
{
    fxk_rescale_params p = random_params();
    p.output_zero_point = check_random(-128, 127);
    p.output_min = check_random(-128, 0);
    p.output_max = check_random(1, 127);
    p.shift = check_random(-12, 0);
    check_case("rescale s16s8");
    const int16_t *const input = check_noise_s16(p.count);
    int8_t *const output = check_array((size_t)p.count);
    int8_t *const expected = check_array((size_t)p.count);
    for (int32_t i = 0; i < p.count; i++) {
        expected[i] = (int8_t)limited(scaled(input[i], &p) + p.output_zero_point, p.output_min, p.output_max);
    }
    fxk_rescale_s16s8_portable(&p, input, output);
    check_bytes(output, expected, p.count);
}

void test_rescale(int32_t effort)
{
    for (int32_t i = 0; i < 40 * effort; i++) {
        halves_to_halves();
        bytes_to_halves();
        halves_to_bytes();
    }
}
