/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_PAD_S8_PORTABLE_H
#define FXK_PAD_S8_PORTABLE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "fxk/fxk_compiler.h"
#include "fxk/fxk_move.h"

/* Writes count bytes of padding and returns where they end. */
static inline FXK_ALWAYS_INLINE int8_t *fxk_pad_fill(const fxk_pad_params *p, int8_t *output,
                                                     int32_t count)
{
    memset(output, p->value, (size_t)count);
    return output + count;
}

static inline FXK_ALWAYS_INLINE void fxk_pad_s8_portable(const fxk_pad_params *p,
                                                         const int8_t *input, int8_t *output)
{
    /* Bytes of the result in one step along each axis. */
    const int32_t step_2 = p->before[3] + p->dims[3] + p->after[3];
    const int32_t step_1 = (p->before[2] + p->dims[2] + p->after[2]) * step_2;
    const int32_t step_0 = (p->before[1] + p->dims[1] + p->after[1]) * step_1;
    output = fxk_pad_fill(p, output, p->before[0] * step_0);
    for (int32_t i = 0; i < p->dims[0]; i++) {
        output = fxk_pad_fill(p, output, p->before[1] * step_1);
        for (int32_t j = 0; j < p->dims[1]; j++) {
            output = fxk_pad_fill(p, output, p->before[2] * step_2);
            for (int32_t k = 0; k < p->dims[2]; k++) {
                output = fxk_pad_fill(p, output, p->before[3]);
                memcpy(output, input, (size_t)p->dims[3]);
                input += p->dims[3];
                output = fxk_pad_fill(p, output + p->dims[3], p->after[3]);
            }
            output = fxk_pad_fill(p, output, p->after[2] * step_2);
        }
        output = fxk_pad_fill(p, output, p->after[1] * step_1);
    }
    (void)fxk_pad_fill(p, output, p->after[0] * step_0);
}

#endif
