/* SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#include "block/fxk_sum64_portable.h"
#include "check.h"

static int64_t plain_sum(const int16_t *input, const int8_t *weights, int32_t count)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < count; i++) {
        sum += (int64_t)input[i] * weights[i];
    }
    return sum;
}

/* Noise of every length around the parts, and the largest sums there are. */
void test_sum64(int32_t effort)
{
    for (int32_t i = 0; i < 40 * effort; i++) {
        const int32_t count = check_random(1, 4 * FXK_SUM64_PART + 1);
        check_case("sum64");
        int16_t *const input = check_noise_s16(count);
        int8_t *const weights = check_noise(count);
        if (i % 2 == 0) {
            for (int32_t k = 0; k < count; k++) {
                input[k] = INT16_MIN;
                weights[k] = INT8_MIN;
            }
        }
        const int64_t sum = fxk_sum64_dot(input, weights, count);
        const int64_t expected = plain_sum(input, weights, count);
        check_equal((int32_t)(sum >> 16), (int32_t)(expected >> 16), "sum / 2^16", (size_t)count);
        check_equal((int32_t)(sum & 0xffff), (int32_t)(expected & 0xffff), "sum's low half",
                    (size_t)count);
    }
    check_case("sum64, requantized");
    const int64_t beyond = (int64_t)1 << 37;
    check_equal(fxk_sum64_requantize(beyond, 16384, -46, -32768, 32767), 32, "2^37 * 2^-32", 0);
    check_equal(fxk_sum64_requantize(-beyond, 16384, -30, -32768, 32767), -32768, "clamped", 0);
    check_equal(fxk_sum64_requantize(-beyond - 1, 1, -38, -32768, 32767), -1, "half up", 0);
    check_equal(fxk_sum64_requantize(-beyond, 1, -38, -32768, 32767), 0, "half up", 1);
}
