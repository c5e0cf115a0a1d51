/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_INTERPOLATE_S16_PORTABLE_H
#define FXK_INTERPOLATE_S16_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_compiler.h"
#include "fxk/fxk_interpolate.h"
#include "interpolate/fxk_interpolate_element.h"

static inline FXK_ALWAYS_INLINE void fxk_interpolate_s16_portable(const fxk_interpolate_params *p,
                                                                  const int16_t *input,
                                                                  const int16_t *table,
                                                                  int16_t *output)
{
    for (int32_t i = 0; i < p->count; i++) {
        output[i] = fxk_interpolate_element(table, input[i]);
    }
}

#endif
