/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_RESIZE_BILINEAR_S8_PORTABLE_H
#define FXK_RESIZE_BILINEAR_S8_PORTABLE_H

#include "resize/fxk_resize_bilinear.h"

static inline FXK_ALWAYS_INLINE void
fxk_resize_bilinear_s8_portable(const fxk_resize_bilinear_params *p, const int8_t *input,
                                int8_t *output)
{
    fxk_resize_bilinear(p, (int32_t)sizeof *input, input, output);
}

#endif
