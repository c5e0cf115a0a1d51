/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_BROADCAST_H
#define FXK_BROADCAST_H

/*
 * How the elements of two operands of different shapes meet, in ADD, SUB, MUL and all other operators
 * of two tensors.
 *
 * output is dense, row-major [dims[0], .., dims[5]] (ones in front); element [i0, .., i5] reads
 * a[i0*a_stride[0] + .. + i5*a_stride[5]], b likewise. A stride is 0 along an axis over which the
 * operand is repeated. Neighbouring axes along which each operand is either dense or repeated are
 * merged: six axes then hold every shape of rank 6 and nearly all others; operands of the output's
 * shape need one.
 *
 * Order       output is written in ascending order, each element after its two operands were read.
 * Ranges      every extent >= 1.
 * Aliasing    output may be an operand that has the output's shape (same start). No other overlap.
 * Alignment   none. Scratch none.
 */

#include <stdint.h>

typedef struct fxk_broadcast_params {
    int32_t dims[6];
    int32_t a_stride[6];
    int32_t b_stride[6];
} fxk_broadcast_params;

#endif
