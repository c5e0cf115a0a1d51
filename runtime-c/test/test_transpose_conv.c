/* SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#include "channel_arrays.h"
#include "check.h"
#include "reference_output.h"
#include "transpose_conv/fxk_transpose_conv_s8_portable.h"

/* The definition as it is usually told: every input pixel adds to the output under its window. */
static void reference(const fxk_transpose_conv_params *p, int32_t zero_point, const int8_t *input,
                      const int8_t *weights, const channel_arrays *c, int8_t *expected)
{
    const int32_t count = p->batches * p->output_h * p->output_w * p->output_c;
    int64_t *const sums = check_array(sizeof(int64_t) * (size_t)count);
    for (int32_t i = 0; i < count; i++) {
        sums[i] = c->bias[i % p->output_c];
    }
    const int32_t products = p->batches * p->input_h * p->input_w * p->kernel_h * p->kernel_w
        * p->output_c * p->input_c;
    for (int32_t at = 0; at < products; at++) {
        const int32_t i = at % p->input_c;
        const int32_t o = at / p->input_c % p->output_c;
        const int32_t tap = at / (p->input_c * p->output_c) % (p->kernel_h * p->kernel_w);
        const int32_t pixel = at / (p->input_c * p->output_c * p->kernel_h * p->kernel_w);
        const int32_t row = pixel / p->input_w;
        const int32_t y = row % p->input_h * p->stride_h - p->pad_top + tap / p->kernel_w;
        const int32_t x = pixel % p->input_w * p->stride_w - p->pad_left + tap % p->kernel_w;
        if (y >= 0 && y < p->output_h && x >= 0 && x < p->output_w) {
            const int32_t n = row / p->input_h;
            sums[((n * p->output_h + y) * p->output_w + x) * p->output_c + o] +=
                ((int64_t)input[pixel * p->input_c + i] - zero_point)
                * weights[(o * p->kernel_h * p->kernel_w + tap) * p->input_c + i];
        }
    }
    for (int32_t i = 0; i < count; i++) {
        const int32_t o = i % p->output_c;
        expected[i] = reference_output(sums[i], c->multiplier[o], c->shift[o], p->output_zero_point,
                                       p->output_min, p->output_max);
    }
}

static void spreads(void)
{
    fxk_transpose_conv_params p = {
        .batches = check_random(1, 2),
        .input_h = check_random(1, 5),
        .input_w = check_random(1, 5),
        .input_c = check_random(1, 9),
        .output_c = check_random(1, 9),
        .kernel_h = check_random(1, 4),
        .kernel_w = check_random(1, 4),
        .stride_h = check_random(1, 3),
        .stride_w = check_random(1, 3),
        .output_zero_point = check_random(-128, 127),
        .output_min = check_random(-128, 0),
        .output_max = check_random(1, 127),
        .fast_requantize = check_random(0, 1),
    };
    p.pad_top = check_random(0, p.kernel_h - 1);
    p.pad_left = check_random(0, p.kernel_w - 1);
    p.output_h = check_random(1, p.input_h * p.stride_h + 2);
    p.output_w = check_random(1, p.input_w * p.stride_w + 2);
    const int32_t zero_point = check_random(-128, 127);
    const int32_t taps = p.kernel_h * p.kernel_w;
    const int32_t count = p.batches * p.output_h * p.output_w * p.output_c;
    check_case("transpose_conv");
    const int8_t *const input = check_noise(p.batches * p.input_h * p.input_w * p.input_c);
    const int8_t *const weights = check_noise(taps * p.output_c * p.input_c);
    const channel_arrays c = channel_arrays_random(p.output_c, 2 * taps * p.input_c, p.fast_requantize);
    int32_t *const tap_bias = check_array(sizeof(int32_t) * (size_t)(taps * p.output_c));
    for (int32_t at = 0; at < taps * p.output_c; at++) {
        const int32_t o = at % p.output_c;
        tap_bias[at] = 0;
        for (int32_t i = 0; i < p.input_c; i++) {
            tap_bias[at] -= zero_point * weights[(o * taps + at / p.output_c) * p.input_c + i];
        }
    }
    int8_t *const output = check_array((size_t)count);
    int8_t *const expected = check_array((size_t)count);
    reference(&p, zero_point, input, weights, &c, expected);
    fxk_transpose_conv_s8_portable(&p, input, weights, tap_bias, c.bias, c.multiplier, c.shift,
                                   output);
    check_bytes(output, expected, count);
}

void test_transpose_conv(int32_t effort)
{
    for (int32_t i = 0; i < 20 * effort; i++) {
        spreads();
    }
}
