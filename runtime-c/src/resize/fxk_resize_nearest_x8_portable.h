/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_RESIZE_NEAREST_X8_PORTABLE_H
#define FXK_RESIZE_NEAREST_X8_PORTABLE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "fxk/fxk_compiler.h"
#include "fxk/fxk_resize.h"

static inline FXK_ALWAYS_INLINE void
fxk_resize_nearest_x8_portable(const fxk_resize_nearest_params *p, const int8_t *input,
                               const int32_t *rows, const int32_t *columns, int8_t *output)
{
    const int32_t row_bytes = p->input_w * p->pixel_bytes;
    for (int32_t n = 0; n < p->batches; n++) {
        for (int32_t y = 0; y < p->output_h; y++) {
            const int8_t *const row = input + (n * p->input_h + rows[y]) * row_bytes;
            for (int32_t x = 0; x < p->output_w; x++) {
                memcpy(output, row + columns[x] * p->pixel_bytes, (size_t)p->pixel_bytes);
                output += p->pixel_bytes;
            }
        }
    }
}

#endif
