/* SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#include "check.h"
#include "move/fxk_concat_s8_portable.h"
#include "move/fxk_copy_s8_portable.h"
#include "move/fxk_gather_x8_portable.h"
#include "move/fxk_pad_s8_portable.h"
#include "move/fxk_rearrange_x8_portable.h"
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

/* Axes of a dense array in a random order, some backwards, some with a stride, some repeated. */
static void rearranges(void)
{
    const int32_t element = check_random(1, 4);
    fxk_rearrange_params p = {.run = element};
    int32_t order[6] = {0, 1, 2, 3, 4, 5};
    int32_t inputs = 1;
    int32_t outputs = 1;
    for (int32_t axis = 5; axis >= 0; axis--) {
        const int32_t other = check_random(axis, 5);
        const int32_t swapped = order[axis];
        order[axis] = order[other];
        order[other] = swapped;
    }
    for (int32_t i = 5; i >= 0; i--) {
        const int32_t axis = order[i];
        const int32_t extent = check_random(0, 1) * check_random(0, 3) + 1;
        const int32_t step = check_random(1, 2);
        const int32_t first = check_random(0, 1);
        const int32_t kind = check_random(0, 5);
        p.dims[axis] = extent;
        p.strides[axis] = inputs * element * (kind == 0 ? 0 : step);
        p.begin += first * inputs * element;
        if (kind == 1) {
            p.begin += (extent - 1) * p.strides[axis];
            p.strides[axis] = -p.strides[axis];
        }
        inputs *= first + (kind == 0 ? 1 : (extent - 1) * step + 1);
        outputs *= extent;
    }
    check_case("rearrange");
    const int8_t *const input = check_noise(inputs * element);
    int8_t *const output = check_array((size_t)(outputs * element));
    int8_t *const expected = check_array((size_t)(outputs * element));
    reference_rearrange(&p, input, expected);
    fxk_rearrange_x8_portable(&p, input, output);
    check_bytes(output, expected, outputs * element);
}

static void gathers(void)
{
    const int32_t extent = check_random(1, 6);
    const int32_t run = check_random(1, 5);
    const fxk_gather_params p = {.outer = check_random(1, 4),
                                 .count = check_random(1, 8),
                                 .input_stride = extent * run,
                                 .run = run};
    const int32_t outputs = p.outer * p.count * run;
    check_case("gather");
    const int8_t *const input = check_noise(p.outer * p.input_stride);
    int32_t *const indices = check_array(sizeof(int32_t) * (size_t)p.count);
    for (int32_t i = 0; i < p.count; i++) {
        indices[i] = check_random(0, extent - 1);
    }
    int8_t *const output = check_array((size_t)outputs);
    int8_t *const expected = check_array((size_t)outputs);
    reference_gather(&p, input, indices, expected);
    fxk_gather_x8_portable(&p, input, indices, output);
    check_bytes(output, expected, outputs);
}

void test_move(int32_t effort)
{
    for (int32_t i = 0; i < 40 * effort; i++) {
        pads();
        concatenates();
        copies();
        rearranges();
        gathers();
    }
}
