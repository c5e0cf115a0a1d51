/* SPDX-License-Identifier: Apache-2.0 */

/* Rounding, and the operators without a window. */

#include "reference.h"

#include <string.h>

#include "reference_output.h"

static int64_t floor_of(int64_t numerator, int64_t denominator)
{
    const int64_t quotient = numerator / denominator;
    return numerator % denominator < 0 ? quotient - 1 : quotient;
}

int64_t reference_round_half_up(int64_t numerator, int64_t denominator)
{
    const int64_t below = floor_of(numerator, denominator);
    const int64_t rest = numerator - below * denominator;
    return 2 * rest >= denominator ? below + 1 : below;
}

int64_t reference_round_half_away(int64_t numerator, int64_t denominator)
{
    return numerator >= 0 ? reference_round_half_up(numerator, denominator)
                          : -reference_round_half_up(-numerator, denominator);
}

int32_t reference_requantize(int32_t x, int32_t multiplier, int32_t shift)
{
    int64_t shifted = x;
    if (shift > 0) {
        /* Wraps to 32 bits. */
        shifted = (int64_t)(((uint64_t)(int64_t)x << shift) & UINT64_C(0xffffffff));
        shifted = shifted >= (INT64_C(1) << 31) ? shifted - (INT64_C(1) << 32) : shifted;
    }
    const int64_t scaled = reference_round_half_up(shifted * multiplier, INT64_C(1) << 31);
    return (int32_t)reference_round_half_away(scaled, INT64_C(1) << (shift > 0 ? 0 : -shift));
}

int8_t reference_limit(int64_t x, int64_t min, int64_t max)
{
    return (int8_t)(x < min ? min : x > max ? max : x);
}

int8_t reference_output(int64_t acc, int32_t multiplier, int32_t shift, int64_t zero_point,
                        int64_t min, int64_t max)
{
    return reference_limit(reference_requantize((int32_t)acc, multiplier, shift) + zero_point, min,
                           max);
}

static int8_t add_element(const fxk_add_params *p, int32_t a, int32_t b)
{
    const int32_t unit = (int32_t)1 << p->left_shift;
    const int32_t left =
        reference_requantize((a + p->a_offset) * unit, p->a_multiplier, p->a_shift);
    const int32_t right =
        reference_requantize((b + p->b_offset) * unit, p->b_multiplier, p->b_shift);
    return reference_output(p->subtract ? left - right : left + right,
                            p->output_multiplier, p->output_shift, p->output_zero_point,
                            p->output_min, p->output_max);
}

void reference_add(const fxk_add_params *p, const int8_t *a, const int8_t *b, int8_t *output)
{
    for (int32_t i = 0; i < p->count; i++) {
        output[i] = add_element(p, a[i], b[i]);
    }
}

static int8_t mul_element(const fxk_mul_params *p, int32_t a, int32_t b)
{
    return reference_output((int64_t)(a + p->a_offset) * (b + p->b_offset), p->output_multiplier,
                            p->output_shift, p->output_zero_point, p->output_min, p->output_max);
}

void reference_mul(const fxk_mul_params *p, const int8_t *a, const int8_t *b, int8_t *output)
{
    for (int32_t i = 0; i < p->count; i++) {
        output[i] = mul_element(p, a[i], b[i]);
    }
}

void reference_lut(const fxk_lut_params *p, const int8_t *input, const int8_t *table,
                   int8_t *output)
{
    for (int32_t i = 0; i < p->count; i++) {
        output[i] = table[input[i] + 128];
    }
}

void reference_prelu(const fxk_prelu_params *p, const int8_t *input, const int8_t *alpha,
                     int8_t *output)
{
    for (int32_t i = 0; i < p->outer * p->channels; i++) {
        const int64_t v = input[i] + p->input_offset;
        const int64_t slope = alpha[i % p->channels] + p->alpha_offset;
        output[i] = v >= 0
            ? reference_output(v, p->positive_multiplier, p->positive_shift, p->output_zero_point,
                               -128, 127)
            : reference_output(v * slope, p->negative_multiplier, p->negative_shift,
                               p->output_zero_point, -128, 127);
    }
}

static int32_t kept_count(const fxk_reduce_walk_params *w)
{
    return w->kept_0 * w->kept_1 * w->kept_2 * w->kept_3;
}

static int32_t reduced_count(const fxk_reduce_walk_params *w)
{
    return w->reduced_0 * w->reduced_1 * w->reduced_2;
}

/* Element number i of those that belong to output number at. */
static int8_t reduced(const fxk_reduce_walk_params *w, const int8_t *input, int32_t at, int32_t i)
{
    const int32_t extents[7] = {w->kept_0, w->reduced_0, w->kept_1, w->reduced_1,
                                w->kept_2, w->reduced_2, w->kept_3};
    int32_t index = 0;
    int32_t stride = 1;
    for (int32_t axis = 6; axis >= 0; axis--) {
        int32_t *const number = axis % 2 == 0 ? &at : &i;
        index += *number % extents[axis] * stride;
        *number /= extents[axis];
        stride *= extents[axis];
    }
    return input[index];
}

void reference_reduce_sum(const fxk_reduce_sum_params *p, const int8_t *input, int8_t *output)
{
    for (int32_t at = 0; at < kept_count(&p->walk); at++) {
        int64_t sum = p->sum_offset;
        for (int32_t i = 0; i < reduced_count(&p->walk); i++) {
            sum += reduced(&p->walk, input, at, i);
        }
        output[at] =
            reference_output(sum, p->multiplier, p->shift, p->output_zero_point, -128, 127);
    }
}

void reference_reduce_max(const fxk_reduce_walk_params *p, const int8_t *input, int8_t *output)
{
    for (int32_t at = 0; at < kept_count(p); at++) {
        output[at] = INT8_MIN;
        for (int32_t i = 0; i < reduced_count(p); i++) {
            const int8_t x = reduced(p, input, at, i);
            output[at] = x > output[at] ? x : output[at];
        }
    }
}

void reference_reduce_min(const fxk_reduce_walk_params *p, const int8_t *input, int8_t *output)
{
    for (int32_t at = 0; at < kept_count(p); at++) {
        output[at] = INT8_MAX;
        for (int32_t i = 0; i < reduced_count(p); i++) {
            const int8_t x = reduced(p, input, at, i);
            output[at] = x < output[at] ? x : output[at];
        }
    }
}

void reference_pad(const fxk_pad_params *p, const int8_t *input, int8_t *output)
{
    int32_t full[4];
    int32_t count = 1;
    for (int32_t axis = 0; axis < 4; axis++) {
        full[axis] = p->before[axis] + p->dims[axis] + p->after[axis];
        count *= full[axis];
    }
    for (int32_t i = 0; i < count; i++) {
        int32_t rest = i;
        int32_t at = 0;
        int32_t step = 1;
        int inside = 1;
        for (int32_t axis = 3; axis >= 0; axis--) {
            const int32_t k = rest % full[axis] - p->before[axis];
            inside = inside && k >= 0 && k < p->dims[axis];
            at += k * step;
            step *= p->dims[axis];
            rest /= full[axis];
        }
        output[i] = inside ? input[at] : (int8_t)p->value;
    }
}

void reference_concat(const fxk_concat_params *p, const int8_t *input, int8_t *output)
{
    for (int32_t i = 0; i < p->outer * p->inner; i++) {
        output[i / p->inner * p->output_stride + i % p->inner] = input[i];
    }
}

void reference_rearrange(const fxk_rearrange_params *p, const int8_t *input, int8_t *output)
{
    int32_t bytes = p->run;
    for (int32_t axis = 0; axis < 6; axis++) {
        bytes *= p->dims[axis];
    }
    for (int32_t i = 0; i < bytes; i++) {
        int32_t from = p->begin + i % p->run;
        int32_t rest = i / p->run;
        for (int32_t axis = 5; axis >= 0; axis--) {
            from += rest % p->dims[axis] * p->strides[axis];
            rest /= p->dims[axis];
        }
        output[i] = input[from];
    }
}

void reference_gather(const fxk_gather_params *p, const int8_t *input, const int32_t *indices,
                      int8_t *output)
{
    for (int32_t i = 0; i < p->outer * p->count * p->run; i++) {
        const int32_t run = i / p->run;
        output[i] = input[run / p->count * p->input_stride + indices[run % p->count] * p->run +
                          i % p->run];
    }
}

int64_t reference_reciprocal(int64_t x)
{
    const int64_t q31 = INT64_C(1) << 31;
    const int64_t half = (x + q31) / 2;
    int64_t r = 1515870810 + reference_round_half_up(half * -1010580540, q31);
    for (int step = 0; step < 3; step++) {
        const int64_t error = (INT64_C(1) << 29) - reference_round_half_up(half * r, q31);
        r += 4 * reference_round_half_up(r * error, q31);
    }
    return 2 * r >= q31 ? q31 - 1 : 2 * r;
}

void reference_softmax(const fxk_softmax_params *p, const int8_t *input, const int32_t *exp_table,
                       int8_t *output)
{
    for (int32_t r = 0; r < p->rows; r++) {
        const int8_t *const row = input + r * p->depth;
        int32_t largest = -128;
        for (int32_t c = 0; c < p->depth; c++) {
            largest = row[c] > largest ? row[c] : largest;
        }
        int64_t sum = 0;
        for (int32_t c = 0; c < p->depth; c++) {
            sum += reference_round_half_away(exp_table[largest - row[c]], 4096);
        }
        /* sum = (1 + fraction) * 2^magnitude */
        int32_t magnitude = 0;
        while (sum >> (magnitude + 1) != 0) {
            magnitude++;
        }
        const int64_t fraction = (sum << (31 - magnitude)) - (INT64_C(1) << 31);
        const int64_t scale = reference_reciprocal(fraction);
        for (int32_t c = 0; c < p->depth; c++) {
            const int64_t product = reference_round_half_up(
                scale * exp_table[largest - row[c]], INT64_C(1) << 31);
            const int64_t parts =
                reference_round_half_away(product, INT64_C(1) << (magnitude - 19 + 23));
            output[r * p->depth + c] = reference_limit(parts - 128, -128, 127);
        }
    }
}
