/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_REDUCE_WALK_H
#define FXK_REDUCE_WALK_H

/*
 * FXK_FOR_EACH_KEPT(w) before a statement runs it for every element of the output, in ascending order;
 * in it FXK_KEPT_INDEX(w) is the first element of the input that belongs to it. FXK_FOR_EACH_REDUCED(w)
 * runs a statement for all that belong to it, FXK_REDUCED_INDEX(w) behind the first. w is a pointer to
 * fxk_reduce_walk_params with literal members: loops of one turn vanish.
 */

#include <stdint.h>

#include "fxk/fxk_reduce.h"

/* Elements from one index to the next, from the innermost extent outwards. */
#define FXK_STEP_R2(w) ((w)->kept_3)
#define FXK_STEP_K2(w) ((w)->reduced_2 * FXK_STEP_R2(w))
#define FXK_STEP_R1(w) ((w)->kept_2 * FXK_STEP_K2(w))
#define FXK_STEP_K1(w) ((w)->reduced_1 * FXK_STEP_R1(w))
#define FXK_STEP_R0(w) ((w)->kept_1 * FXK_STEP_K1(w))
#define FXK_STEP_K0(w) ((w)->reduced_0 * FXK_STEP_R0(w))

#define FXK_FOR_EACH_KEPT(w)                                                                       \
    for (int32_t k0 = 0; k0 < (w)->kept_0; k0++)                                                   \
        for (int32_t k1 = 0; k1 < (w)->kept_1; k1++)                                               \
            for (int32_t k2 = 0; k2 < (w)->kept_2; k2++)                                           \
                for (int32_t k3 = 0; k3 < (w)->kept_3; k3++)

#define FXK_KEPT_INDEX(w)                                                                          \
    (k0 * FXK_STEP_K0(w) + k1 * FXK_STEP_K1(w) + k2 * FXK_STEP_K2(w) + k3)

#define FXK_FOR_EACH_REDUCED(w)                                                                    \
    for (int32_t r0 = 0; r0 < (w)->reduced_0; r0++)                                                \
        for (int32_t r1 = 0; r1 < (w)->reduced_1; r1++)                                            \
            for (int32_t r2 = 0; r2 < (w)->reduced_2; r2++)

#define FXK_REDUCED_INDEX(w) (r0 * FXK_STEP_R0(w) + r1 * FXK_STEP_R1(w) + r2 * FXK_STEP_R2(w))

#endif
