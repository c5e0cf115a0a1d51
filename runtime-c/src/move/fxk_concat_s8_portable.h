/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_CONCAT_S8_PORTABLE_H
#define FXK_CONCAT_S8_PORTABLE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "fxk/fxk_compiler.h"
#include "fxk/fxk_move.h"

static inline FXK_ALWAYS_INLINE void fxk_concat_s8_portable(const fxk_concat_params *p,
                                                            const int8_t *input, int8_t *output)
{
    for (int32_t i = 0; i < p->outer; i++) {
        memcpy(output, input, (size_t)p->inner);
        input += p->inner;
        output += p->output_stride;
    }
}

#endif
