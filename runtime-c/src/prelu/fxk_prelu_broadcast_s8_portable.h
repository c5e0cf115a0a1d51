/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_PRELU_BROADCAST_S8_PORTABLE_H
#define FXK_PRELU_BROADCAST_S8_PORTABLE_H

#include <stdint.h>

#include "broadcast/fxk_broadcast.h"
#include "fxk/fxk_prelu.h"
#include "prelu/fxk_prelu_s8_portable.h"

static inline FXK_ALWAYS_INLINE void
fxk_prelu_broadcast_s8_portable(const fxk_prelu_broadcast_params *p, const int8_t *input,
                                const int8_t *alpha, int8_t *output)
{
    FXK_FOR_EACH_PAIR(&p->walk)
    {
        *output++ = fxk_prelu_element(&p->element, input[FXK_PAIR_INDEX(p->walk.a_stride)],
                                      alpha[FXK_PAIR_INDEX(p->walk.b_stride)]);
    }
}

#endif
