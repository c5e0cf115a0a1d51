/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_REARRANGE_X8_PORTABLE_H
#define FXK_REARRANGE_X8_PORTABLE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "fxk/fxk_compiler.h"
#include "fxk/fxk_move.h"

/* The two innermost axes, from byte at of input on; returns where the output ends. */
static inline FXK_ALWAYS_INLINE int8_t *fxk_rearrange_plane(const fxk_rearrange_params *p,
                                                            const int8_t *input, int32_t at,
                                                            int8_t *output)
{
    for (int32_t i = 0; i < p->dims[4]; i++) {
        const int8_t *const row = input + at + i * p->strides[4];
        FXK_UNROLL(4)
        for (int32_t j = 0; j < p->dims[5]; j++) {
            memcpy(output + j * p->run, row + j * p->strides[5], (size_t)p->run);
        }
        output += p->dims[5] * p->run;
    }
    return output;
}

static inline FXK_ALWAYS_INLINE void fxk_rearrange_x8_portable(const fxk_rearrange_params *p,
                                                                  const int8_t *input,
                                                                  int8_t *output)
{
    for (int32_t i = 0; i < p->dims[0]; i++) {
        for (int32_t j = 0; j < p->dims[1]; j++) {
            for (int32_t k = 0; k < p->dims[2]; k++) {
                for (int32_t l = 0; l < p->dims[3]; l++) {
                    const int32_t at = p->begin + i * p->strides[0] + j * p->strides[1] +
                                       k * p->strides[2] + l * p->strides[3];
                    output = fxk_rearrange_plane(p, input, at, output);
                }
            }
        }
    }
}

#endif
