/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Layers as generated code has them: a literal parameter struct a function, which the compiler
 * turns into code that the tests with random parameters never run. The shapes are the benchmark's
 * and some awkward ones.
 */

#include "tests.h"

#include "add/fxk_add_s8_portable.h"
#include "channel_arrays.h"
#include "check.h"
#include "conv2d/fxk_conv2d_s8_portable.h"
#include "depthwise_conv2d/fxk_depthwise_conv2d_s8_portable.h"
#include "fully_connected/fxk_fully_connected_s8_portable.h"
#include "pool2d/fxk_average_pool2d_s8_portable.h"
#include "pool2d/fxk_max_pool2d_s8_portable.h"
#include "reference.h"
#include "softmax/fxk_softmax_s8_portable.h"

#define CONV_LAYER(name, ih, iw, ic, oh, ow, oc, kh, kw, sh, sw, top, left, zero, fast)              \
    static FXK_NOINLINE void name(void)                                                            \
    {                                                                                              \
        static const fxk_conv2d_params params = {                                                  \
            .batches = 1, .input_h = ih, .input_w = iw, .input_c = ic, .output_h = oh,             \
            .output_w = ow, .output_c = oc, .kernel_h = kh, .kernel_w = kw, .stride_h = sh,        \
            .stride_w = sw, .dilation_h = 1, .dilation_w = 1, .pad_top = top, .pad_left = left,    \
            .input_zero_point = zero, .output_zero_point = -3, .output_min = -128,                 \
            .output_max = 127, .fast_requantize = fast};                                           \
        const int32_t taps = (kh) * (kw) * (ic);                                                   \
        const int32_t count = (oh) * (ow) * (oc);                                                  \
        check_case(#name);                                                                         \
        const int8_t *const input = check_noise((ih) * (iw) * (ic));                               \
        const int8_t *const weights = check_noise(taps * (oc));                                    \
        const channel_arrays c = channel_arrays_random(oc, taps, fast);                                        \
        int8_t *const output = check_array((size_t)count);                                         \
        int8_t *const expected = check_array((size_t)count);                                       \
        fxk_conv2d_s8_portable(&params, input, weights, c.bias, c.multiplier, c.shift, output);    \
        reference_conv2d(&params, input, weights, c.bias, c.multiplier, c.shift, expected);        \
        check_bytes(output, expected, count);                                                      \
    }
#define DEPTHWISE_LAYER(name, ih, iw, ic, m, oh, ow, kh, kw, sh, sw, top, left, zero, fast)          \
    static FXK_NOINLINE void name(void)                                                            \
    {                                                                                              \
        static const fxk_depthwise_conv2d_params params = {                                        \
            .batches = 1, .input_h = ih, .input_w = iw, .input_c = ic, .output_h = oh,             \
            .output_w = ow, .output_c = (ic) * (m), .channel_multiplier = m, .kernel_h = kh,       \
            .kernel_w = kw, .stride_h = sh, .stride_w = sw, .dilation_h = 1, .dilation_w = 1,      \
            .pad_top = top, .pad_left = left, .input_zero_point = zero, .output_zero_point = 7,    \
            .output_min = -128, .output_max = 127, .fast_requantize = fast};                       \
        const int32_t count = (oh) * (ow) * (ic) * (m);                                            \
        check_case(#name);                                                                         \
        const int8_t *const input = check_noise((ih) * (iw) * (ic));                               \
        const int8_t *const weights = check_noise((kh) * (kw) * (ic) * (m));                       \
        const channel_arrays c = channel_arrays_random((ic) * (m), (kh) * (kw), fast);                         \
        int8_t *const output = check_array((size_t)count);                                         \
        int8_t *const expected = check_array((size_t)count);                                       \
        fxk_depthwise_conv2d_s8_portable(&params, input, weights, c.bias, c.multiplier, c.shift,   \
                                         output);                                                  \
        reference_depthwise_conv2d(&params, input, weights, c.bias, c.multiplier, c.shift,         \
                                   expected);                                                      \
        check_bytes(output, expected, count);                                                      \
    }
#define CONV(name, ih, iw, ic, oh, ow, oc, k, s, top, left, cmsis)                                   \
    CONV_LAYER(name, ih, iw, ic, oh, ow, oc, k, k, s, s, top, left, -128, 1)
#define DEPTHWISE(name, ih, iw, c, oh, ow, k, s, pad, cmsis)                                         \
    DEPTHWISE_LAYER(name, ih, iw, c, 1, oh, ow, k, k, s, s, pad, pad, -128, 1)
#define ADD(name, n, cmsis)                                                                        \
    static FXK_NOINLINE void name(void)                                                            \
    {                                                                                              \
        static const fxk_add_params params = {                                                     \
            .count = n, .left_shift = 20, .a_offset = 128, .a_multiplier = 1073741824,             \
            .a_shift = 0, .b_offset = 4, .b_multiplier = 1623456789, .b_shift = -1,                \
            .output_multiplier = 1234567890, .output_shift = -18, .output_zero_point = -128,       \
            .output_min = -128, .output_max = 127};                                                \
        check_case(#name);                                                                         \
        const int8_t *const a = check_noise(n);                                                    \
        const int8_t *const b = check_noise(n);                                                    \
        int8_t *const output = check_array(n);                                                     \
        int8_t *const expected = check_array(n);                                                   \
        fxk_add_s8_portable(&params, a, b, output);                                                \
        reference_add(&params, a, b, expected);                                                    \
        check_bytes(output, expected, n);                                                          \
    }
#define POOL(name, h, w, c, cmsis)                                                                 \
    static FXK_NOINLINE void name(void)                                                            \
    {                                                                                              \
        static const fxk_pool2d_params params = {                                                  \
            .batches = 1, .input_h = h, .input_w = w, .output_h = 1, .output_w = 1, .channels = c, \
            .kernel_h = h, .kernel_w = w, .stride_h = h, .stride_w = w, .pad_top = 0,              \
            .pad_left = 0, .output_min = -128, .output_max = 127};                                 \
        check_case(#name);                                                                         \
        const int8_t *const input = check_noise((h) * (w) * (c));                                  \
        int8_t *const output = check_array(c);                                                     \
        int8_t *const expected = check_array(c);                                                   \
        fxk_average_pool2d_s8_portable(&params, input, output);                                    \
        reference_average_pool2d(&params, input, expected);                                        \
        check_bytes(output, expected, c);                                                          \
        fxk_max_pool2d_s8_portable(&params, input, output);                                        \
        reference_max_pool2d(&params, input, expected);                                            \
        check_bytes(output, expected, c);                                                          \
    }
#define FULLY_CONNECTED(name, in, out, cmsis)                                                      \
    static FXK_NOINLINE void name(void)                                                            \
    {                                                                                              \
        static const fxk_fully_connected_params params = {                                         \
            .rows = 1, .input_c = in, .output_c = out, .output_zero_point = 5,                     \
            .output_min = -128, .output_max = 127, .per_channel = 0, .fast_requantize = 1};        \
        check_case(#name);                                                                         \
        const int8_t *const input = check_noise(in);                                               \
        const int8_t *const weights = check_noise((in) * (out));                                   \
        const channel_arrays c = channel_arrays_random(out, in, 1);                                            \
        int8_t *const output = check_array(out);                                                   \
        int8_t *const expected = check_array(out);                                                 \
        fxk_fully_connected_s8_portable(&params, input, weights, c.bias, c.multiplier, c.shift,    \
                                        output);                                                   \
        reference_fully_connected(&params, input, weights, c.bias, c.multiplier, c.shift,          \
                                  expected);                                                       \
        check_bytes(output, expected, out);                                                        \
    }
#define SOFTMAX(name, n, cmsis)                                                                    \
    static FXK_NOINLINE void name(void)                                                            \
    {                                                                                              \
        static const fxk_softmax_params params = {.rows = 1, .depth = n};                          \
        check_case(#name);                                                                         \
        const int8_t *const input = check_noise(n);                                                \
        int32_t *const table = check_array(256 * sizeof(int32_t));                                 \
        int8_t *const output = check_array(n);                                                     \
        int8_t *const expected = check_array(n);                                                   \
        for (int32_t d = 0; d < 256; d++) {                                                        \
            table[d] = INT32_MAX >> (d < 31 ? d : 31);                                             \
        }                                                                                          \
        fxk_softmax_s8_portable(&params, input, table, output);                                    \
        reference_softmax(&params, input, table, expected);                                        \
        check_bytes(output, expected, n);                                                          \
    }
#define END(network, cmsis)

#define LAYERS                                                                                     \
    CONV_LAYER(odd_width_and_channels, 7, 5, 5, 7, 5, 7, 3, 3, 1, 1, 1, 1, 11, 1)                  \
    CONV_LAYER(six_channels_odd_pixels, 3, 3, 9, 3, 3, 6, 1, 1, 1, 1, 0, 0, 4, 1)                   \
    CONV_LAYER(one_pixel, 1, 1, 8, 1, 1, 9, 3, 3, 1, 1, 1, 1, 127, 1)                              \
    CONV_LAYER(narrower_than_the_kernel, 3, 2, 4, 3, 2, 4, 5, 5, 1, 1, 2, 2, -7, 1)                \
    CONV_LAYER(tall_kernel, 12, 4, 1, 6, 4, 6, 10, 3, 2, 1, 4, 1, -128, 1)                         \
    CONV_LAYER(zero_point_zero, 6, 6, 3, 3, 3, 5, 3, 3, 2, 2, 1, 1, 0, 1)                          \
    CONV_LAYER(careful_rounding, 6, 6, 3, 3, 3, 6, 3, 3, 2, 2, 0, 0, -1, 0)                        \
    CONV_LAYER(one_by_one_padded, 4, 4, 4, 6, 6, 4, 1, 1, 1, 1, 1, 1, 100, 1)                      \
    CONV_LAYER(all_padding_rows, 2, 4, 2, 8, 4, 4, 3, 3, 1, 1, 4, 1, 9, 1)                         \
    DEPTHWISE_LAYER(multiplied_channels, 9, 9, 3, 4, 5, 5, 3, 3, 2, 2, 1, 1, -9, 1)                \
    DEPTHWISE_LAYER(speech_first_layer, 49, 10, 1, 8, 25, 5, 10, 4, 2, 2, 4, 1, 83, 1)             \
    DEPTHWISE_LAYER(three_pixels_over, 4, 9, 2, 1, 4, 9, 3, 3, 1, 1, 1, 1, -5, 1)                  \
    DEPTHWISE_LAYER(wide_kernel, 3, 30, 4, 1, 3, 30, 1, 9, 1, 1, 0, 4, 5, 1)                       \
    DEPTHWISE_LAYER(narrow_depthwise, 5, 2, 6, 1, 5, 2, 5, 5, 1, 1, 2, 2, 127, 0)

LAYERS
#include "../bench/layers.inc"

#undef CONV_LAYER
#undef DEPTHWISE_LAYER
#undef CONV
#undef DEPTHWISE
#undef ADD
#undef POOL
#undef FULLY_CONNECTED
#undef SOFTMAX
#define CONV_LAYER(name, ih, iw, ic, oh, ow, oc, kh, kw, sh, sw, top, left, zero, fast) name();
#define DEPTHWISE_LAYER(name, ih, iw, ic, m, oh, ow, kh, kw, sh, sw, top, left, zero, fast) name();
#define CONV(name, ih, iw, ic, oh, ow, oc, k, s, top, left, cmsis) name();
#define DEPTHWISE(name, ih, iw, c, oh, ow, k, s, pad, cmsis) name();
#define ADD(name, n, cmsis) name();
#define POOL(name, h, w, c, cmsis) name();
#define FULLY_CONNECTED(name, in, out, cmsis) name();
#define SOFTMAX(name, n, cmsis) name();

void test_literal_layers(void)
{
    LAYERS
#include "../bench/layers.inc"
}
