/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_BROADCAST_LOOPS_H
#define FXK_BROADCAST_LOOPS_H

/*
 * FXK_FOR_EACH_PAIR(w) before a statement runs it for every element of the output, in ascending order;
 * in it FXK_PAIR_INDEX(w->a_stride) is where operand a's element lies. w is a pointer to
 * fxk_broadcast_params with literal members: loops of one turn and strides of 0 vanish.
 */

#include <stdint.h>

#include "fxk/fxk_broadcast.h"

#define FXK_FOR_EACH_PAIR(w)                                                                       \
    for (int32_t i0 = 0; i0 < (w)->dims[0]; i0++)                                                  \
        for (int32_t i1 = 0; i1 < (w)->dims[1]; i1++)                                              \
            for (int32_t i2 = 0; i2 < (w)->dims[2]; i2++)                                          \
                for (int32_t i3 = 0; i3 < (w)->dims[3]; i3++)                                      \
                    for (int32_t i4 = 0; i4 < (w)->dims[4]; i4++)                                  \
                        for (int32_t i5 = 0; i5 < (w)->dims[5]; i5++)

#define FXK_PAIR_INDEX(stride)                                                                     \
    (i0 * (stride)[0] + i1 * (stride)[1] + i2 * (stride)[2] + i3 * (stride)[3] + i4 * (stride)[4]  \
     + i5 * (stride)[5])

#endif
