/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_LOGISTIC_S16_PORTABLE_H
#define FXK_LOGISTIC_S16_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_compiler.h"
#include "fxk/fxk_logistic.h"

/* 2^25 * sigmoid of a magnitude in steps of 1/12288. */
static inline FXK_ALWAYS_INLINE int32_t fxk_logistic_of(int32_t magnitude, const int32_t *table)
{
    const int32_t k = magnitude >> 9;
    if (k >= 255) {
        return INT16_MAX << 10;
    }
    return (table[k] << 9) + (magnitude & 0x1ff) * (table[k + 1] - table[k]);
}

static inline FXK_ALWAYS_INLINE void fxk_logistic_s16_portable(const fxk_logistic_params *p,
                                                               const int16_t *input,
                                                               const int32_t *table,
                                                               int16_t *output)
{
    const int32_t half = p->right_shift > 0 ? (int32_t)1 << (p->right_shift - 1) : 0;
    for (int32_t i = 0; i < p->count; i++) {
        const int32_t x = (input[i] * p->multiplier + half) >> p->right_shift;
        const int32_t s = fxk_logistic_of(x < 0 ? -x : x, table);
        const int32_t mirrored = x >= 0 ? s + 512 : ((int32_t)1 << 25) - s + 511;
        output[i] = (int16_t)(mirrored >> 10);
    }
}

#endif
