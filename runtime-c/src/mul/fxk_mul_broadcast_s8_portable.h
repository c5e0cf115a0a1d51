/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_MUL_BROADCAST_S8_PORTABLE_H
#define FXK_MUL_BROADCAST_S8_PORTABLE_H

#include <stdint.h>

#include "mul/fxk_mul_s8_portable.h"
#include "broadcast/fxk_broadcast.h"
#include "fxk/fxk_mul.h"

static inline FXK_ALWAYS_INLINE void fxk_mul_broadcast_s8_portable(
    const fxk_mul_broadcast_params *p, const int8_t *a, const int8_t *b, int8_t *output)
{
    FXK_FOR_EACH_PAIR(&p->walk)
    {
        *output++ = fxk_mul_element(&p->element, a[FXK_PAIR_INDEX(p->walk.a_stride)],
                         b[FXK_PAIR_INDEX(p->walk.b_stride)]);
    }
}

#endif
