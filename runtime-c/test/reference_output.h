/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REFERENCE_OUTPUT_H
#define REFERENCE_OUTPUT_H

#include <stdint.h>

int8_t reference_limit(int64_t x, int64_t min, int64_t max);

/* limit(requantize(acc) + zero_point, min, max); acc must fit 32 bits. */
int8_t reference_output(int64_t acc, int32_t multiplier, int32_t shift, int64_t zero_point,
                        int64_t min, int64_t max);

#endif
