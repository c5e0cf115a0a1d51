/* SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#include "check.h"
#include "move/fxk_concat_s8_portable.h"
#include "move/fxk_copy_s8_portable.h"
#include "move/fxk_pad_s8_portable.h"
#include "reference.h"

static void pads(void)
{
    fxk_pad_params p = {.value = check_random(-128, 127)};
    int32_t inputs = 1;
    int32_t outputs = 1;
    for (int32_t axis = 0; axis < 4; axis++) {
        p.dims[axis] = check_random(1, 4);
        p.before[axis] = check_random(0, 1) * check_random(0, 3);
        p.after[axis] = check_random(0, 1) * check_random(0, 3);
        inputs *= p.dims[axis];
        outputs *= p.before[axis] + p.dims[axis] + p.after[axis];
    }
    check_case("pad");
    const int8_t *const input = check_noise(inputs);
    int8_t *const output = check_array((size_t)outputs);
    int8_t *const expected = check_array((size_t)outputs);
    reference_pad(&p, input, expected);
    fxk_pad_s8_portable(&p, input, output);
    check_bytes(output, expected, outputs);
}

static void concatenates(void)
{
    const int32_t outer = check_random(1, 5);
    const int32_t inner_a = check_random(1, 6);
    const int32_t inner_b = check_random(1, 6);
    const int32_t stride = inner_a + inner_b;
    const fxk_concat_params p = {.outer = outer, .inner = inner_a, .output_stride = stride};
    const fxk_concat_params q = {.outer = outer, .inner = inner_b, .output_stride = stride};
    check_case("concat");
    const int8_t *const a = check_noise(outer * inner_a);
    const int8_t *const b = check_noise(outer * inner_b);
    int8_t *const output = check_array((size_t)(outer * stride));
    int8_t *const expected = check_array((size_t)(outer * stride));
    reference_concat(&p, a, expected);
    reference_concat(&q, b, expected + inner_a);
    fxk_concat_s8_portable(&p, a, output);
    fxk_concat_s8_portable(&q, b, output + inner_a);
    check_bytes(output, expected, outer * stride);
}

static void copies(void)
{
    const fxk_copy_params p = {.count = check_random(1, 40)};
    check_case("copy");
    const int8_t *const input = check_noise(p.count);
    int8_t *const output = check_array((size_t)p.count);
    fxk_copy_s8_portable(&p, input, output);
    check_bytes(output, input, p.count);
}

void test_move(int32_t effort)
{
    for (int32_t i = 0; i < 40 * effort; i++) {
        pads();
        concatenates();
        copies();
    }
}
