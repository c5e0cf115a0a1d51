/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_COPY_S8_PORTABLE_H
#define FXK_COPY_S8_PORTABLE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "fxk/fxk_compiler.h"
#include "fxk/fxk_move.h"

static inline FXK_ALWAYS_INLINE void fxk_copy_s8_portable(const fxk_copy_params *p,
                                                          const int8_t *input, int8_t *output)
{
    memcpy(output, input, (size_t)p->count);
}

#endif
