/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_ADD_BROADCAST_S16_PORTABLE_H
#define FXK_ADD_BROADCAST_S16_PORTABLE_H

#include <stdint.h>

#include "add/fxk_add_s16_portable.h"
#include "fxk/fxk_add.h"

static inline FXK_ALWAYS_INLINE void fxk_add_broadcast_s16_portable(
    const fxk_add_broadcast_params *p, const int16_t *a, const int16_t *b, int16_t *output)
{
    for (int32_t i = 0; i < p->dims[0]; i++) {
        for (int32_t j = 0; j < p->dims[1]; j++) {
            for (int32_t k = 0; k < p->dims[2]; k++) {
                const int16_t *const x =
                    a + i * p->a_stride[0] + j * p->a_stride[1] + k * p->a_stride[2];
                const int16_t *const y =
                    b + i * p->b_stride[0] + j * p->b_stride[1] + k * p->b_stride[2];
                for (int32_t l = 0; l < p->dims[3]; l++) {
                    *output++ = fxk_add_element_s16(&p->element, x[l * p->a_stride[3]],
                                                y[l * p->b_stride[3]]);
                }
            }
        }
    }
}

#endif
