/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_MINIMUM_S16_PORTABLE_H
#define FXK_MINIMUM_S16_PORTABLE_H

#include <stdint.h>

#include "broadcast/fxk_broadcast.h"
#include "fxk/fxk_compiler.h"
#include "fxk/fxk_maximum.h"

static inline FXK_ALWAYS_INLINE void fxk_minimum_s16_portable(const fxk_broadcast_params *p,
                                                         const int16_t *a, const int16_t *b,
                                                         int16_t *output)
{
    FXK_FOR_EACH_PAIR(p)
    {
        const int16_t x = a[FXK_PAIR_INDEX(p->a_stride)];
        const int16_t y = b[FXK_PAIR_INDEX(p->b_stride)];
        *output++ = x < y ? x : y;
    }
}

#endif
