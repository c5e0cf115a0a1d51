/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_REDUCE_MAX_S8_PORTABLE_H
#define FXK_REDUCE_MAX_S8_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_compiler.h"
#include "fxk/fxk_reduce.h"
#include "reduce/fxk_reduce_walk.h"

/* The largest element that belongs to one output; first is its first element. */
static inline FXK_ALWAYS_INLINE int8_t fxk_reduce_max_of(const fxk_reduce_walk_params *p, const int8_t *first)
{
    int8_t largest = *first;
    FXK_FOR_EACH_REDUCED(p)
    {
        const int8_t element = first[FXK_REDUCED_INDEX(p)];
        largest = element > largest ? element : largest;
    }
    return largest;
}

static inline FXK_ALWAYS_INLINE void fxk_reduce_max_s8_portable(const fxk_reduce_walk_params *p,
                                                                const int8_t *input, int8_t *output)
{
    FXK_FOR_EACH_KEPT(p)
    {
        *output++ = fxk_reduce_max_of(p, input + FXK_KEPT_INDEX(p));
    }
}

#endif
