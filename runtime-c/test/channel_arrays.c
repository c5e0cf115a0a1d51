/* SPDX-License-Identifier: Apache-2.0 */

#include "channel_arrays.h"

#include "check.h"

/* Products of noise have a standard deviation of 2^12.4. */
static int32_t usual_shift(int32_t terms)
{
    int32_t log4 = 0;
    while (terms >= 4) {
        terms /= 4;
        log4++;
    }
    return -(6 + log4);
}

channel_arrays channel_arrays_random(int32_t count, int32_t terms, int32_t fast)
{
    channel_arrays c;
    c.bias = check_array((size_t)count * sizeof(int32_t));
    c.multiplier = check_array((size_t)count * sizeof(int32_t));
    c.shift = check_array((size_t)count);
    /* What is left of the sum's range by the largest sum of products. */
    const int64_t room = ((int64_t)1 << (fast ? 30 : 31)) - 1 - (int64_t)terms * 128 * 128;
    for (int32_t i = 0; i < count; i++) {
        const int32_t kind = check_random(0, 9);
        c.bias[i] = check_random(-20000, 20000);
        c.multiplier[i] = check_random_multiplier();
        c.shift[i] = (int8_t)(usual_shift(terms) + check_random(-1, 1));
        if (kind == 0) {
            c.bias[i] = (int32_t)(check_random(0, 1) ? room : -room);
            c.shift[i] = (int8_t)check_random(-31, -20);
        } else if (kind == 1) {
            c.shift[i] = (int8_t)check_random(-31, fast ? -1 : 0);
        } else if (kind == 2 && !fast) {
            c.shift[i] = (int8_t)check_random(1, 4);
            c.bias[i] = 0;
        }
    }
    return c;
}
