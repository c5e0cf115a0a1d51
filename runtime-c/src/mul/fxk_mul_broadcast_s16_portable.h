/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_MUL_BROADCAST_S16_PORTABLE_H
#define FXK_MUL_BROADCAST_S16_PORTABLE_H

#include <stdint.h>

#include "mul/fxk_mul_s16_portable.h"
#include "broadcast/fxk_broadcast.h"
#include "fxk/fxk_mul.h"

static inline FXK_ALWAYS_INLINE void fxk_mul_broadcast_s16_portable(
    const fxk_mul_broadcast_params *p, const int16_t *a, const int16_t *b, int16_t *output)
{
    FXK_FOR_EACH_PAIR(&p->walk)
    {
        *output++ = fxk_mul_element_s16(&p->element, a[FXK_PAIR_INDEX(p->walk.a_stride)],
                         b[FXK_PAIR_INDEX(p->walk.b_stride)]);
    }
}

#endif
