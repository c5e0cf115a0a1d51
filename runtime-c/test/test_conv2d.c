/* SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#include "channel_arrays.h"
#include "check.h"
#include "conv2d/fxk_conv2d_s8_portable.h"
#include "reference.h"

static void check_layer(const char *name, const fxk_conv2d_params *p)
{
    const int32_t taps = p->kernel_h * p->kernel_w * p->input_c;
    const int32_t outputs = p->batches * p->output_h * p->output_w * p->output_c;
    check_case(name);
    const int8_t *const input = check_noise(p->batches * p->input_h * p->input_w * p->input_c);
    const int8_t *const weights = check_noise(p->output_c * taps);
    const channel_arrays c = channel_arrays_random(p->output_c, taps, p->fast_requantize);
    int8_t *const output = check_array((size_t)outputs);
    int8_t *const expected = check_array((size_t)outputs);
    fxk_conv2d_s8_portable(p, input, weights, c.bias, c.multiplier, c.shift, output);
    reference_conv2d(p, input, weights, c.bias, c.multiplier, c.shift, expected);
    check_bytes(output, expected, outputs);
}

/* The window's extent along an axis must fit the padded input; makes it so and gives the output's. */
static int32_t fit(int32_t *input, int32_t kernel, int32_t stride, int32_t dilation, int32_t before,
                   int32_t after)
{
    const int32_t window = (kernel - 1) * dilation + 1;
    if (*input + before + after < window) {
        *input = window - before - after > 1 ? window - before - after : 1;
    }
    return (*input + before + after - window) / stride + 1;
}

static fxk_conv2d_params random_layer(void)
{
    fxk_conv2d_params p = {
        .batches = check_random(1, 2),
        .input_h = check_random(1, 9),
        .input_w = check_random(1, 9),
        .input_c = check_random(1, 9),
        .output_c = check_random(1, 9),
        .kernel_h = check_random(1, 4),
        .kernel_w = check_random(1, 4),
        .stride_h = check_random(1, 3),
        .stride_w = check_random(1, 3),
        .dilation_h = check_random(1, 2),
        .dilation_w = check_random(1, 2),
        .pad_top = check_random(0, 3),
        .pad_left = check_random(0, 3),
        .input_zero_point = check_random(-128, 127),
        .output_zero_point = check_random(-128, 127),
        .fast_requantize = check_random(0, 1),
    };
    const int32_t zero_points[] = {-128, 0, 127};
    if (check_random(0, 1)) {
        p.input_zero_point = zero_points[check_random(0, 2)];
    }
    p.output_min = check_random(0, 1) ? -128 : check_random(-128, 0);
    p.output_max = check_random(0, 1) ? 127 : check_random(1, 127);
    p.output_h = fit(&p.input_h, p.kernel_h, p.stride_h, p.dilation_h, p.pad_top, check_random(0, 3));
    p.output_w =
        fit(&p.input_w, p.kernel_w, p.stride_w, p.dilation_w, p.pad_left, check_random(0, 3));
    return p;
}

void test_conv2d(int32_t effort)
{
    for (int32_t i = 0; i < 40 * effort; i++) {
        const fxk_conv2d_params p = random_layer();
        check_layer("conv2d", &p);
    }
    for (int32_t i = 0; i < 5 * effort; i++) {
        fxk_conv2d_params p = random_layer();
        p.kernel_h = p.kernel_w = p.stride_h = p.stride_w = 1;
        p.pad_top = p.pad_left = 0;
        p.output_h = p.input_h;
        p.output_w = p.input_w;
        check_layer("conv2d 1x1", &p);
    }
}
