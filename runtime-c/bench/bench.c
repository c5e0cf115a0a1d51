/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Counts the instructions of every layer of two known networks, each compiled as generated code is:
 * a function of its own that calls a kernel with a literal parameter struct. Data are noise: no
 * kernel's instruction count depends on them by more than a few.
 */

#include "mps2.h"

#include <stdio.h>

#include "add/fxk_add_s8_portable.h"
#include "conv2d/fxk_conv2d_s8_portable.h"
#include "depthwise_conv2d/fxk_depthwise_conv2d_s8_portable.h"
#include "fully_connected/fxk_fully_connected_s8_portable.h"
#include "pool2d/fxk_average_pool2d_s8_portable.h"
#include "softmax/fxk_softmax_s8_portable.h"

int main(void);

static int8_t input[65536];
static int8_t other[65536];
static int8_t output[65536];
static int8_t weights[65536];
static int32_t bias[256];
static int32_t multiplier[256];
static int8_t shift[256];
static int32_t exp_table[256];

#define CONV(name, ih, iw, ic, oh, ow, oc, k, s, top, left, cmsis)                                   \
    static FXK_NOINLINE void name(void)                                                            \
    {                                                                                              \
        static const fxk_conv2d_params params = {                                                  \
            .batches = 1, .input_h = ih, .input_w = iw, .input_c = ic, .output_h = oh,             \
            .output_w = ow, .output_c = oc, .kernel_h = k, .kernel_w = k, .stride_h = s,           \
            .stride_w = s, .dilation_h = 1, .dilation_w = 1, .pad_top = top, .pad_left = left,     \
            .input_zero_point = -128, .output_zero_point = -128, .output_min = -128,               \
            .output_max = 127, .fast_requantize = 1};                                              \
        fxk_conv2d_s8_portable(&params, input, weights, bias, multiplier, shift, output);          \
    }
#define DEPTHWISE(name, ih, iw, c, oh, ow, k, s, pad, cmsis)                                         \
    static FXK_NOINLINE void name(void)                                                            \
    {                                                                                              \
        static const fxk_depthwise_conv2d_params params = {                                        \
            .batches = 1, .input_h = ih, .input_w = iw, .input_c = c, .output_h = oh,              \
            .output_w = ow, .output_c = c, .channel_multiplier = 1, .kernel_h = k, .kernel_w = k,  \
            .stride_h = s, .stride_w = s, .dilation_h = 1, .dilation_w = 1, .pad_top = pad,        \
            .pad_left = pad, .input_zero_point = -128, .output_zero_point = -128,                  \
            .output_min = -128, .output_max = 127, .fast_requantize = 1};                          \
        fxk_depthwise_conv2d_s8_portable(&params, input, weights, bias, multiplier, shift,         \
                                         output);                                                  \
    }
#define ADD(name, n, cmsis)                                                                        \
    static FXK_NOINLINE void name(void)                                                            \
    {                                                                                              \
        static const fxk_add_params params = {                                                     \
            .count = n, .left_shift = 20, .a_offset = 128, .a_multiplier = 1073741824,             \
            .a_shift = 0, .b_offset = 4, .b_multiplier = 1623456789, .b_shift = -1,                \
            .output_multiplier = 1234567890, .output_shift = -18, .output_zero_point = -128,       \
            .output_min = -128, .output_max = 127};                                                \
        fxk_add_s8_portable(&params, input, other, output);                                        \
    }
#define POOL(name, h, w, c, cmsis)                                                                 \
    static FXK_NOINLINE void name(void)                                                            \
    {                                                                                              \
        static const fxk_pool2d_params params = {                                                  \
            .batches = 1, .input_h = h, .input_w = w, .output_h = 1, .output_w = 1, .channels = c, \
            .kernel_h = h, .kernel_w = w, .stride_h = h, .stride_w = w, .pad_top = 0,              \
            .pad_left = 0, .output_min = -128, .output_max = 127};                                 \
        fxk_average_pool2d_s8_portable(&params, input, output);                                    \
    }
#define FULLY_CONNECTED(name, in, out, cmsis)                                                      \
    static FXK_NOINLINE void name(void)                                                            \
    {                                                                                              \
        static const fxk_fully_connected_params params = {                                         \
            .rows = 1, .input_c = in, .output_c = out, .output_zero_point = 5,                     \
            .output_min = -128, .output_max = 127, .per_channel = 0, .fast_requantize = 1};        \
        fxk_fully_connected_s8_portable(&params, input, weights, bias, multiplier, shift,          \
                                        output);                                                   \
    }
#define SOFTMAX(name, n, cmsis)                                                                    \
    static FXK_NOINLINE void name(void)                                                            \
    {                                                                                              \
        static const fxk_softmax_params params = {.rows = 1, .depth = n};                          \
        fxk_softmax_s8_portable(&params, input, exp_table, output);                                \
    }
#define END(network, cmsis)
#include "layers.inc"
#undef CONV
#undef DEPTHWISE
#undef ADD
#undef POOL
#undef FULLY_CONNECTED
#undef SOFTMAX
#undef END

typedef struct layer {
    const char *name;
    void (*run)(void); /* none: the row is a network's total */
    uint32_t macs;
    uint32_t outputs;
    uint32_t cmsis;
} layer;

#define CONV(name, ih, iw, ic, oh, ow, oc, k, s, top, left, cmsis)                                   \
    {#name, name, (uint32_t)oh * ow * oc * k * k * ic, (uint32_t)oh * ow * oc, cmsis},
#define DEPTHWISE(name, ih, iw, c, oh, ow, k, s, pad, cmsis)                                         \
    {#name, name, (uint32_t)oh * ow * c * k * k, (uint32_t)oh * ow * c, cmsis},
#define ADD(name, n, cmsis) {#name, name, 0, n, cmsis},
#define POOL(name, h, w, c, cmsis) {#name, name, 0, c, cmsis},
#define FULLY_CONNECTED(name, in, out, cmsis) {#name, name, (uint32_t)in * out, out, cmsis},
#define SOFTMAX(name, n, cmsis) {#name, name, 0, n, cmsis},
#define END(network, cmsis) {#network " in all", 0, 0, 0, cmsis},
static const layer layers[] = {
#include "layers.inc"
};

static void print_row(const char *name, uint32_t instructions, uint32_t macs, uint32_t outputs,
                      uint32_t cmsis)
{
    const double taken = instructions;
    printf("%-28s %10lu %10lu %8.3f", name, (unsigned long)instructions, (unsigned long)macs,
           macs / taken);
    if (outputs != 0) {
        printf(" %10.1f", taken / outputs);
    } else {
        printf(" %10s", "");
    }
    printf(" %10lu %6.2f\n", (unsigned long)cmsis, cmsis / taken);
}

/* 3 instructions an iteration, for calibration. */
static FXK_NOINLINE void count_down(uint32_t n)
{
    __asm__ volatile(".syntax unified\n1: nop\n subs %0, %0, #1\n bne 1b\n" : "+l"(n) : : "cc");
}

static void fill(void)
{
    uint32_t state = 12345;
    for (uint32_t i = 0; i < sizeof input; i++) {
        state = state * 1664525U + 1013904223U;
        input[i] = (int8_t)(state >> 24);
        other[i] = (int8_t)(state >> 16);
        weights[i] = (int8_t)(state >> 20);
    }
    for (uint32_t i = 0; i < 256; i++) {
        bias[i] = (int32_t)i * 16;
        multiplier[i] = 1500000000;
        shift[i] = -9;
        exp_table[i] = (int32_t)(0x7fffffffU >> (i / 8 < 31 ? i / 8 : 31));
    }
}

int main(void)
{
    fill();
    uint32_t start = mps2_ticks();
    count_down(1000000);
    printf("calibration: 3000000 instructions count as %lu\n\n",
           (unsigned long)mps2_instructions_since(start));
    printf("%-28s %10s %10s %8s %10s %10s %6s\n", "layer", "portable", "MAC", "MAC/ins",
           "ins/output", "CMSIS-M4", "ratio");
    uint32_t instructions = 0;
    uint32_t macs = 0;
    for (uint32_t i = 0; i < sizeof layers / sizeof layers[0]; i++) {
        if (layers[i].run == 0) {
            print_row(layers[i].name, instructions, macs, 0, layers[i].cmsis);
            printf("\n");
            instructions = 0;
            macs = 0;
            continue;
        }
        start = mps2_ticks();
        layers[i].run();
        const uint32_t taken = mps2_instructions_since(start);
        print_row(layers[i].name, taken, layers[i].macs, layers[i].outputs, layers[i].cmsis);
        instructions += taken;
        macs += layers[i].macs;
    }
    return 0;
}
