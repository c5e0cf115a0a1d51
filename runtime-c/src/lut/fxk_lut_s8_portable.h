/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_LUT_S8_PORTABLE_H
#define FXK_LUT_S8_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_compiler.h"
#include "fxk/fxk_lut.h"

static inline FXK_ALWAYS_INLINE void fxk_lut_s8_portable(const fxk_lut_params *p,
                                                         const int8_t *input, const int8_t *table,
                                                         int8_t *output)
{
    const int8_t *const middle = table + 128;
    FXK_UNROLL(4)
    for (int32_t i = 0; i < p->count; i++) {
        output[i] = middle[input[i]];
    }
}

#endif
