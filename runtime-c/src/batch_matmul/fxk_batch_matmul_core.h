/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_BATCH_MATMUL_CORE_H
#define FXK_BATCH_MATMUL_CORE_H

/* BATCH_MATMUL of elements of 1 or 2 bytes, a literal. */

#include <stdint.h>

#include "element/fxk_element.h"
#include "fxk/fxk_arith.h"
#include "fxk/fxk_batch_matmul.h"
#include "fxk/fxk_compiler.h"

static inline FXK_ALWAYS_INLINE int8_t fxk_batch_matmul_s8(const fxk_batch_matmul_params *p,
                                                           const int8_t *row,
                                                           const int8_t *column)
{
    int32_t sum = 0;
    FXK_UNROLL(4)
    for (int32_t k = 0; k < p->depth; k++) {
        sum += (row[k * p->a_depth] - p->a_zero_point) * (column[k * p->b_depth] - p->b_zero_point);
    }
    return fxk_requantize_s8(sum, p->output_multiplier, p->output_shift, p->output_zero_point, -128,
                             127, 0);
}

static inline FXK_ALWAYS_INLINE int16_t fxk_batch_matmul_s16(const fxk_batch_matmul_params *p,
                                                             const int16_t *row,
                                                             const int16_t *column)
{
    int64_t sum = 0;
    FXK_UNROLL(4)
    for (int32_t k = 0; k < p->depth; k++) {
        sum += (int64_t)row[k * p->a_depth] * column[k * p->b_depth];
    }
    const int32_t scaled = fxk_scale_once(sum, p->output_multiplier, -p->output_shift);
    return (int16_t)fxk_clamp_s16(scaled, INT16_MIN, INT16_MAX);
}

/* One matrix; returns where the output's next one begins. */
static inline FXK_ALWAYS_INLINE void *fxk_batch_matmul_matrix(const fxk_batch_matmul_params *p,
                                                              int32_t bytes, const void *a,
                                                              const void *b, void *output)
{
    for (int32_t i = 0; i < p->rows; i++) {
        for (int32_t j = 0; j < p->columns; j++) {
            const void *const row = fxk_element_at(a, i * p->a_row, bytes);
            const void *const column = fxk_element_at(b, j * p->b_column, bytes);
            output = fxk_element_append(output, bytes,
                                        bytes == 1 ? fxk_batch_matmul_s8(p, row, column)
                                                   : fxk_batch_matmul_s16(p, row, column));
        }
    }
    return output;
}

static inline FXK_ALWAYS_INLINE void fxk_batch_matmul(const fxk_batch_matmul_params *p,
                                                      int32_t bytes, const void *a, const void *b,
                                                      void *output)
{
    for (int32_t n = 0; n < p->batches[0]; n++) {
        for (int32_t m = 0; m < p->batches[1]; m++) {
            for (int32_t l = 0; l < p->batches[2]; l++) {
                const int32_t of_a = n * p->a_batch[0] + m * p->a_batch[1] + l * p->a_batch[2];
                const int32_t of_b = n * p->b_batch[0] + m * p->b_batch[1] + l * p->b_batch[2];
                output = fxk_batch_matmul_matrix(p, bytes, fxk_element_at(a, of_a, bytes),
                                                 fxk_element_at(b, of_b, bytes), output);
            }
        }
    }
}

#endif
