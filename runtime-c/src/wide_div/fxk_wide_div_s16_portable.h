/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_WIDE_DIV_S16_PORTABLE_H
#define FXK_WIDE_DIV_S16_PORTABLE_H

#include <stdint.h>

#include "broadcast/fxk_broadcast.h"
#include "fxk/fxk_arith.h"
#include "fxk/fxk_wide_div.h"

static inline FXK_ALWAYS_INLINE int32_t fxk_wide_div_quotient(const fxk_wide_div_params *p,
                                                              int32_t a, int32_t b)
{
    if (b == 0) {
        return a == 0 ? 0 : a < 0 ? INT16_MIN : INT16_MAX;
    }
    const int64_t numerator = (int64_t)(a < 0 ? -a : a) * p->multiplier;
    const int64_t denominator = (int64_t)(b < 0 ? -b : b) * ((int64_t)1 << p->shift);
    const int64_t quotient = (numerator + denominator / 2) / denominator;
    const int32_t magnitude = quotient > 32768 ? 32768 : (int32_t)quotient;
    return (a < 0) == (b < 0) ? magnitude : -magnitude;
}

static inline FXK_ALWAYS_INLINE void fxk_wide_div_s16_portable(const fxk_wide_div_params *p,
                                                               const int16_t *a, const int16_t *b,
                                                               int16_t *output)
{
    FXK_FOR_EACH_PAIR(&p->walk)
    {
        const int32_t quotient = fxk_wide_div_quotient(p, a[FXK_PAIR_INDEX(p->walk.a_stride)],
                                                       b[FXK_PAIR_INDEX(p->walk.b_stride)]);
        *output++ = (int16_t)fxk_clamp_s16(quotient, p->output_min, p->output_max);
    }
}

#endif
