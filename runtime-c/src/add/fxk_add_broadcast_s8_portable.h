/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_ADD_BROADCAST_S8_PORTABLE_H
#define FXK_ADD_BROADCAST_S8_PORTABLE_H

#include <stdint.h>

#include "add/fxk_add_s8_portable.h"
#include "broadcast/fxk_broadcast.h"
#include "fxk/fxk_add.h"

static inline FXK_ALWAYS_INLINE void fxk_add_broadcast_s8_portable(
    const fxk_add_broadcast_params *p, const int8_t *a, const int8_t *b, int8_t *output)
{
    FXK_FOR_EACH_PAIR(&p->walk)
    {
        *output++ = fxk_add_element(&p->element, a[FXK_PAIR_INDEX(p->walk.a_stride)],
                         b[FXK_PAIR_INDEX(p->walk.b_stride)]);
    }
}

#endif
