/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_GATHER_X8_PORTABLE_H
#define FXK_GATHER_X8_PORTABLE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "fxk/fxk_compiler.h"
#include "fxk/fxk_move.h"

static inline FXK_ALWAYS_INLINE void fxk_gather_x8_portable(const fxk_gather_params *p,
                                                               const int8_t *input,
                                                               const int32_t *indices,
                                                               int8_t *output)
{
    for (int32_t i = 0; i < p->outer; i++) {
        for (int32_t j = 0; j < p->count; j++) {
            memcpy(output, input + indices[j] * p->run, (size_t)p->run);
            output += p->run;
        }
        input += p->input_stride;
    }
}

#endif
