/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_RESCALE_S16_PORTABLE_H
#define FXK_RESCALE_S16_PORTABLE_H

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_rescale.h"
#include "rescale/fxk_rescale_element.h"

static inline FXK_ALWAYS_INLINE void fxk_rescale_s16_portable(const fxk_rescale_params *p,
                                           const int16_t *input, int16_t *output)
{
    for (int32_t i = 0; i < p->count; i++) {
        output[i] = (int16_t)fxk_clamp_s16(fxk_rescale_element(p, input[i]), p->output_min, p->output_max);
    }
}

#endif
