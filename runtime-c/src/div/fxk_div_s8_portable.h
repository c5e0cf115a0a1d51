/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_DIV_S8_PORTABLE_H
#define FXK_DIV_S8_PORTABLE_H

#include <stdint.h>

#include "broadcast/fxk_broadcast.h"
#include "fxk/fxk_arith.h"
#include "fxk/fxk_div.h"

/* numerator / 0: as far as codes go in its direction. */
static inline FXK_ALWAYS_INLINE int8_t fxk_div_by_zero(const fxk_div_params *p, int32_t numerator)
{
    const int32_t code = numerator > 0 ? 127 : numerator < 0 ? -128 : p->output_zero_point;
    return (int8_t)fxk_clamp_s8(code, p->output_min, p->output_max);
}

static inline FXK_ALWAYS_INLINE void fxk_div_s8_portable(const fxk_div_params *p, const int8_t *a,
                                                         const int8_t *b,
                                                         const int32_t *reciprocals,
                                                         int8_t *output)
{
    const int32_t *const middle = reciprocals + 128;
    FXK_FOR_EACH_PAIR(&p->walk)
    {
        const int32_t numerator = a[FXK_PAIR_INDEX(p->walk.a_stride)] + p->a_offset;
        const int32_t reciprocal = middle[b[FXK_PAIR_INDEX(p->walk.b_stride)]];
        *output++ = reciprocal == 0
            ? fxk_div_by_zero(p, numerator)
            : fxk_requantize_s8(numerator * 65536, reciprocal, p->shift, p->output_zero_point,
                                p->output_min, p->output_max, p->shift < 0);
    }
}

#endif
