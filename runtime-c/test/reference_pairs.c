/* SPDX-License-Identifier: Apache-2.0 */

/* The operators of two broadcast tensors: ADD, SUB, MUL, MAXIMUM, MINIMUM, SQUARED_DIFFERENCE, DIV, PRELU. */

#include "reference.h"
#include "reference_output.h"

static int32_t count_of(const fxk_broadcast_params *p)
{
    int32_t count = 1;
    for (int32_t axis = 0; axis < 6; axis++) {
        count *= p->dims[axis];
    }
    return count;
}

/* Where element number i of the output lies in an operand with these strides. */
static int32_t place(const fxk_broadcast_params *p, const int32_t *stride, int32_t i)
{
    int32_t at = 0;
    for (int32_t axis = 5; axis >= 0; axis--) {
        at += i % p->dims[axis] * stride[axis];
        i /= p->dims[axis];
    }
    return at;
}

void reference_add_broadcast(const fxk_add_broadcast_params *p, const int8_t *a, const int8_t *b,
                             int8_t *output)
{
    fxk_add_params one = p->element;
    one.count = 1;
    for (int32_t i = 0; i < count_of(&p->walk); i++) {
        reference_add(&one, a + place(&p->walk, p->walk.a_stride, i),
                      b + place(&p->walk, p->walk.b_stride, i), output + i);
    }
}

void reference_mul_broadcast(const fxk_mul_broadcast_params *p, const int8_t *a, const int8_t *b,
                             int8_t *output)
{
    fxk_mul_params one = p->element;
    one.count = 1;
    for (int32_t i = 0; i < count_of(&p->walk); i++) {
        reference_mul(&one, a + place(&p->walk, p->walk.a_stride, i),
                      b + place(&p->walk, p->walk.b_stride, i), output + i);
    }
}

void reference_maximum(const fxk_broadcast_params *p, const int8_t *a, const int8_t *b,
                       int8_t *output)
{
    for (int32_t i = 0; i < count_of(p); i++) {
        const int8_t x = a[place(p, p->a_stride, i)];
        const int8_t y = b[place(p, p->b_stride, i)];
        output[i] = x < y ? y : x;
    }
}

void reference_minimum(const fxk_broadcast_params *p, const int8_t *a, const int8_t *b,
                       int8_t *output)
{
    for (int32_t i = 0; i < count_of(p); i++) {
        const int8_t x = a[place(p, p->a_stride, i)];
        const int8_t y = b[place(p, p->b_stride, i)];
        output[i] = x < y ? x : y;
    }
}

void reference_squared_difference(const fxk_squared_difference_params *p, const int8_t *a,
                                  const int8_t *b, int8_t *output)
{
    const int32_t unit = (int32_t)1 << p->left_shift;
    for (int32_t i = 0; i < count_of(&p->walk); i++) {
        const int32_t x = a[place(&p->walk, p->walk.a_stride, i)] + p->a_offset;
        const int32_t y = b[place(&p->walk, p->walk.b_stride, i)] + p->b_offset;
        const int64_t difference = (int64_t)reference_requantize(x * unit, p->a_multiplier, p->a_shift)
            - reference_requantize(y * unit, p->b_multiplier, p->b_shift);
        output[i] = reference_output(difference * difference, p->output_multiplier,
                                     p->output_shift, p->output_zero_point, -128, 127);
    }
}

void reference_div(const fxk_div_params *p, const int8_t *a, const int8_t *b,
                   const int32_t *reciprocals, int8_t *output)
{
    for (int32_t i = 0; i < count_of(&p->walk); i++) {
        const int32_t x = a[place(&p->walk, p->walk.a_stride, i)] + p->a_offset;
        const int32_t r = reciprocals[b[place(&p->walk, p->walk.b_stride, i)] + 128];
        if (r != 0) {
            output[i] = reference_output((int64_t)x * 65536, r, p->shift, p->output_zero_point,
                                         p->output_min, p->output_max);
        } else {
            const int32_t infinite = x > 0 ? p->output_max : p->output_min;
            output[i] = reference_limit(x == 0 ? p->output_zero_point : infinite, p->output_min,
                                        p->output_max);
        }
    }
}

void reference_prelu_broadcast(const fxk_prelu_broadcast_params *p, const int8_t *input,
                               const int8_t *alpha, int8_t *output)
{
    for (int32_t i = 0; i < count_of(&p->walk); i++) {
        reference_prelu(&p->element, input + place(&p->walk, p->walk.a_stride, i),
                        alpha + place(&p->walk, p->walk.b_stride, i), output + i);
    }
}
