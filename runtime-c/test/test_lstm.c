/* SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#include <math.h>

#include "check.h"
#include "lstm/fxk_lstm_s8_portable.h"
#include "reference_output.h"

/*
 * The gates' functions have an error of their own, so that layers are compared with one that is put
 * together of the same functions in the words of the contract; the functions with real ones.
 */

static void functions(void)
{
    check_case("gate functions");
    for (int32_t x = -32768; x <= 32767; x++) {
        const double sigmoid = 1 / (1 + exp(-x / 4096.0));
        const double error = fxk_gate_logistic(x) / 32768.0 - sigmoid;
        check_equal(fabs(error) < 4e-4, 1, "logistic", (size_t)(x + 32768));
    }
    for (int32_t bits = 0; bits <= 6; bits++) {
        for (int32_t x = -32768; x <= 32767; x += 7) {
            const double error = fxk_gate_tanh(x, bits) / 32768.0 - tanh(ldexp(x, bits - 15));
            check_equal(fabs(error) < 6e-4, 1, "tanh", (size_t)(x + 32768));
        }
    }
}

static int64_t clamp16(int64_t x)
{
    return x < -32768 ? -32768 : x > 32767 ? 32767 : x;
}

static int64_t rounded(int64_t x, int32_t exponent)
{
    const int64_t half = ((int64_t)1 << exponent) / 2;
    return x < 0 ? -((-x + half) >> exponent) : (x + half) >> exponent;
}

/* What enters the function of gate g of a cell. */
static int32_t gate(const fxk_lstm_params *p, int32_t g, int32_t cell, const int8_t *x,
                    const int8_t *h, const int8_t *weights, const int32_t *biases)
{
    const int8_t *const row = weights + (cell * 4 + g) * (p->inputs + p->cells);
    int32_t sum = biases[cell * 8 + g];
    for (int32_t i = 0; i < p->inputs; i++) {
        sum += row[i] * x[i];
    }
    int64_t z = clamp16(fxk_requantize(sum, p->input_multiplier[g], p->input_shift[g]));
    if (h) {
        sum = biases[cell * 8 + 4 + g];
        for (int32_t i = 0; i < p->cells; i++) {
            sum += row[p->inputs + i] * h[i];
        }
        z = clamp16(z + fxk_requantize(sum, p->recurrent_multiplier[g], p->recurrent_shift[g]));
    }
    return (int32_t)z;
}

static void layers(void)
{
    const int32_t time_major = check_random(0, 1);
    fxk_lstm_params p = {
        .batches = check_random(1, 3),
        .steps = check_random(1, 5),
        .inputs = check_random(1, 9),
        .cells = check_random(1, 7),
        .cell_bits = check_random(0, 6),
        .cell_clip = check_random(0, 1) * check_random(1, 32767),
        .output_multiplier = check_random_multiplier(),
        .output_shift = check_random(-25, -18),
        .output_zero_point = check_random(-128, 127),
    };
    p.batch_stride = time_major ? 1 : p.steps;
    p.step_stride = time_major ? p.batches : 1;
    for (int32_t g = 0; g < 4; g++) {
        p.input_multiplier[g] = check_random_multiplier();
        p.input_shift[g] = check_random(-6, 3);
        p.recurrent_multiplier[g] = check_random_multiplier();
        p.recurrent_shift[g] = check_random(-6, 3);
    }
    check_case("lstm");
    const int32_t rows = p.batches * p.steps;
    const int8_t *const input = check_noise(rows * p.inputs);
    const int8_t *const weights = check_noise(4 * p.cells * (p.inputs + p.cells));
    int32_t *const biases = check_array(sizeof(int32_t) * 8 * (size_t)p.cells);
    for (int32_t i = 0; i < 8 * p.cells; i++) {
        biases[i] = check_random(-5000, 5000);
    }
    int16_t *const states = check_array(sizeof(int16_t) * (size_t)p.cells);
    int8_t *const output = check_array((size_t)(rows * p.cells));
    int8_t *const expected = check_array((size_t)(rows * p.cells));
    for (int32_t b = 0; b < p.batches; b++) {
        int64_t cells[7] = {0};
        for (int32_t t = 0; t < p.steps; t++) {
            const int32_t row = b * p.batch_stride + t * p.step_stride;
            const int8_t *const h = t ? expected + (row - p.step_stride) * p.cells : 0;
            for (int32_t c = 0; c < p.cells; c++) {
                int32_t z[4];
                for (int32_t g = 0; g < 4; g++) {
                    z[g] = gate(&p, g, c, input + row * p.inputs, h, weights, biases);
                }
                const int64_t kept = rounded(fxk_gate_logistic(z[1]) * cells[c], 15);
                const int64_t added = rounded(
                    (int64_t)fxk_gate_logistic(z[0]) * fxk_gate_tanh(z[2], 3), 15 + p.cell_bits);
                cells[c] = clamp16(kept + added);
                if (p.cell_clip) {
                    cells[c] = cells[c] > p.cell_clip ? p.cell_clip
                        : cells[c] < -p.cell_clip     ? -p.cell_clip
                                                      : cells[c];
                }
                const int64_t product = (int64_t)fxk_gate_logistic(z[3])
                    * fxk_gate_tanh((int32_t)cells[c], p.cell_bits);
                expected[row * p.cells + c]
                    = reference_output(product, p.output_multiplier, p.output_shift,
                                       p.output_zero_point, -128, 127);
            }
        }
    }
    fxk_lstm_s8_portable(&p, input, weights, biases, states, output);
    check_bytes(output, expected, rows * p.cells);
}

void test_lstm(int32_t effort)
{
    functions();
    for (int32_t i = 0; i < 4 * effort; i++) {
        layers();
    }
}
