/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_REDUCE_MIN_S16_PORTABLE_H
#define FXK_REDUCE_MIN_S16_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_compiler.h"
#include "fxk/fxk_reduce.h"
#include "reduce/fxk_reduce_walk.h"

/* The smallest element that belongs to one output; first is its first element. */
static inline FXK_ALWAYS_INLINE int16_t fxk_reduce_min_of_s16(const fxk_reduce_walk_params *p, const int16_t *first)
{
    int16_t smallest = *first;
    FXK_FOR_EACH_REDUCED(p)
    {
        const int16_t element = first[FXK_REDUCED_INDEX(p)];
        smallest = element < smallest ? element : smallest;
    }
    return smallest;
}

static inline FXK_ALWAYS_INLINE void fxk_reduce_min_s16_portable(const fxk_reduce_walk_params *p,
                                                                const int16_t *input, int16_t *output)
{
    FXK_FOR_EACH_KEPT(p)
    {
        *output++ = fxk_reduce_min_of_s16(p, input + FXK_KEPT_INDEX(p));
    }
}

#endif
