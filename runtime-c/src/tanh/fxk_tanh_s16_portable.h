/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_TANH_S16_PORTABLE_H
#define FXK_TANH_S16_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_compiler.h"
#include "fxk/fxk_tanh.h"

/* 2^24 * sigmoid of twice a magnitude in steps of 1/12288. */
static inline FXK_ALWAYS_INLINE int32_t fxk_tanh_sigmoid(int32_t magnitude, const int32_t *table)
{
    const int32_t k = magnitude >> 8;
    if (k >= 255) {
        return (int32_t)UINT16_MAX << 8;
    }
    return (table[k] << 8) + (magnitude & 0xff) * (table[k + 1] - table[k]);
}

static inline FXK_ALWAYS_INLINE void fxk_tanh_s16_portable(const fxk_tanh_params *p,
                                                           const int16_t *input,
                                                           const int32_t *table, int16_t *output)
{
    const int32_t half = p->right_shift > 0 ? (int32_t)1 << (p->right_shift - 1) : 0;
    for (int32_t i = 0; i < p->count; i++) {
        const int32_t x = (input[i] * p->multiplier + half) >> p->right_shift;
        const int32_t above = fxk_tanh_sigmoid(x < 0 ? -x : x, table) - ((int32_t)1 << 23);
        output[i] = (int16_t)((x >= 0 ? above + 128 : 127 - above) >> 8);
    }
}

#endif
