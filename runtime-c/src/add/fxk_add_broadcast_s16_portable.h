/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_ADD_BROADCAST_S16_PORTABLE_H
#define FXK_ADD_BROADCAST_S16_PORTABLE_H

#include <stdint.h>

#include "add/fxk_add_s16_portable.h"
#include "broadcast/fxk_broadcast.h"
#include "fxk/fxk_add.h"

static inline FXK_ALWAYS_INLINE void fxk_add_broadcast_s16_portable(
    const fxk_add_broadcast_params *p, const int16_t *a, const int16_t *b, int16_t *output)
{
    FXK_FOR_EACH_PAIR(&p->walk)
    {
        *output++ = fxk_add_element_s16(&p->element, a[FXK_PAIR_INDEX(p->walk.a_stride)],
                         b[FXK_PAIR_INDEX(p->walk.b_stride)]);
    }
}

#endif
