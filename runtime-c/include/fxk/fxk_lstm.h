/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_LSTM_H
#define FXK_LSTM_H

/*
 * UNIDIRECTIONAL_SEQUENCE_LSTM, int8 with int16 states: a recurrent layer over whole sequences.
 *
 * For each step of a sequence and each cell, g counting the gates i, f, c, o (input, forget, cell,
 * output), x the step's input, h the output of the step before, in Q3.12:
 *
 *   z[g]  = clamp16(requantize(bias[g] + sum of x * weights[g], input_multiplier[g], input_shift[g]))
 *   z[g]  = clamp16(z[g] + requantize(recurrent_bias[g] + sum of h * recurrent_weights[g],
 *                                     recurrent_multiplier[g], recurrent_shift[g]))
 *
 * The second line is left out at the first step. Gates are Q0.15, states Q(cell_bits).(15-cell_bits):
 *
 *   i, f, o = logistic(z[i]), logistic(z[f]), logistic(z[o])
 *   state   = clamp16(f * state / 2^15 + i * tanh(z[c]) / 2^(15 + cell_bits)), limited to
 *             +-cell_clip where that is not 0
 *   h       = clamp(requantize(o * tanh(state), output_multiplier, output_shift)
 *                   + output_zero_point, -128, 127)
 *
 * Divisions round to nearest, ties away from zero. States are 0 before the first step.
 *
 * input       step t of sequence b is row b * batch_stride + t * step_stride of inputs elements
 * weights     [cells, 4, inputs + cells]: each gate's row for x and, behind it, that for h
 * biases      [cells, 2, 4]: the four bias and the four recurrent_bias, zero points folded in
 * states      [cells], scratch
 * output      rows as in input, of cells elements
 *
 * Ranges      every extent >= 1; cell_bits 0 .. 6, cell_clip 0 .. 32767. Multipliers, shifts: fxk_arith.h.
 * Aliasing    output and states overlap no other array.
 * Alignment   biases 4, states 2. Scratch: states.
 * Overflow    |sum| * 2^shift < 2^31 for every sum and shift > 0; the generator proves it.
 */

#include <stdint.h>

typedef struct fxk_lstm_params {
    int32_t batches, steps;
    int32_t batch_stride, step_stride;
    int32_t inputs, cells;
    int32_t input_multiplier[4], input_shift[4];
    int32_t recurrent_multiplier[4], recurrent_shift[4];
    int32_t cell_bits, cell_clip;
    int32_t output_multiplier, output_shift;
    int32_t output_zero_point;
} fxk_lstm_params;

typedef void fxk_lstm_s8_fn(const fxk_lstm_params *p, const int8_t *input, const int8_t *weights,
                            const int32_t *biases, int16_t *states, int8_t *output);

#endif
