/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_ARG_MAX_S8_PORTABLE_H
#define FXK_ARG_MAX_S8_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_arg_max.h"
#include "fxk/fxk_compiler.h"

/* Where the extremum of the elements that belong to one output is; first is the first of them. */
static inline FXK_ALWAYS_INLINE int32_t fxk_arg_max_of_s8(const fxk_arg_max_params *p, const int8_t *first)
{
    int32_t best = p->sign * *first;
    int32_t index = 0;
    for (int32_t i = 1; i < p->extent; i++) {
        const int32_t element = p->sign * first[i * p->inner];
        index = element > best ? i : index;
        best = element > best ? element : best;
    }
    return index;
}

static inline FXK_ALWAYS_INLINE void fxk_arg_max_s8_portable(const fxk_arg_max_params *p, const int8_t *input,
                                                            int32_t *output)
{
    for (int32_t a = 0; a < p->outer; a++) {
        for (int32_t b = 0; b < p->inner; b++) {
            *output++ = fxk_arg_max_of_s8(p, input + a * p->extent * p->inner + b);
        }
    }
}

#endif
