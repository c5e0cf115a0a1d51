/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CHANNEL_ARRAYS_H
#define CHANNEL_ARRAYS_H

#include <stdint.h>

/* bias, multiplier and shift of a layer's output channels. */
typedef struct channel_arrays {
    int32_t *bias;
    int32_t *multiplier;
    int8_t *shift;
} channel_arrays;

/*
 * Random ones for sums of terms products of noise, so that outputs spread over int8. fast: what
 * fast_requantize = 1 allows; otherwise also shifts to the left and sums near 2^31.
 */
channel_arrays channel_arrays_random(int32_t count, int32_t terms, int32_t fast);

#endif
