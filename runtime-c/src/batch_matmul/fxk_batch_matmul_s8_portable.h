/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_BATCH_MATMUL_S8_PORTABLE_H
#define FXK_BATCH_MATMUL_S8_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_batch_matmul.h"
#include "fxk/fxk_compiler.h"

static inline FXK_ALWAYS_INLINE int32_t fxk_batch_matmul_sum(const fxk_batch_matmul_params *p,
                                                             const int8_t *row,
                                                             const int8_t *column)
{
    int32_t sum = 0;
    FXK_UNROLL(4)
    for (int32_t k = 0; k < p->depth; k++) {
        sum += (row[k * p->a_depth] - p->a_zero_point) * (column[k * p->b_depth] - p->b_zero_point);
    }
    return sum;
}

/* One matrix; returns where the output's next one begins. */
static inline FXK_ALWAYS_INLINE int8_t *fxk_batch_matmul_matrix(const fxk_batch_matmul_params *p,
                                                                const int8_t *a, const int8_t *b,
                                                                int8_t *output)
{
    for (int32_t i = 0; i < p->rows; i++) {
        for (int32_t j = 0; j < p->columns; j++) {
            const int32_t sum = fxk_batch_matmul_sum(p, a + i * p->a_row, b + j * p->b_column);
            *output++ = fxk_requantize_s8(sum, p->output_multiplier, p->output_shift,
                                          p->output_zero_point, -128, 127, 0);
        }
    }
    return output;
}

static inline FXK_ALWAYS_INLINE void fxk_batch_matmul_s8_portable(const fxk_batch_matmul_params *p,
                                                                  const int8_t *a, const int8_t *b,
                                                                  int8_t *output)
{
    for (int32_t n = 0; n < p->batches[0]; n++) {
        for (int32_t m = 0; m < p->batches[1]; m++) {
            for (int32_t l = 0; l < p->batches[2]; l++) {
                output = fxk_batch_matmul_matrix(
                    p, a + (n * p->a_batch[0] + m * p->a_batch[1] + l * p->a_batch[2]),
                    b + (n * p->b_batch[0] + m * p->b_batch[1] + l * p->b_batch[2]), output);
            }
        }
    }
}

#endif
