/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_RESCALE_ELEMENT_H
#define FXK_RESCALE_ELEMENT_H

#include <stdint.h>

#include "fxk/fxk_arith.h"
#include "fxk/fxk_rescale.h"

/* One element, not yet clamped to the output's type. */
static inline FXK_ALWAYS_INLINE int32_t fxk_rescale_element(const fxk_rescale_params *p, int32_t x)
{
    return fxk_requantize(x + p->input_offset, p->multiplier, p->shift) + p->output_zero_point;
}

#endif
