/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_BATCH_MATMUL_S8_PORTABLE_H
#define FXK_BATCH_MATMUL_S8_PORTABLE_H

#include "batch_matmul/fxk_batch_matmul_core.h"

static inline FXK_ALWAYS_INLINE void fxk_batch_matmul_s8_portable(const fxk_batch_matmul_params *p,
                                                                  const int8_t *a, const int8_t *b,
                                                                  int8_t *output)
{
    fxk_batch_matmul(p, (int32_t)sizeof *output, a, b, output);
}

#endif
