/* SPDX-License-Identifier: Apache-2.0 */

#include "check.h"
#include "tests.h"

#ifndef EFFORT
#define EFFORT 50
#endif

int main(void)
{
    test_arith(EFFORT);
    test_conv2d(EFFORT);
    test_depthwise_conv2d(EFFORT);
    test_elementwise(EFFORT);
    test_fully_connected(EFFORT);
    test_literal_layers();
    test_lstm(EFFORT);
    test_matrices(EFFORT);
    test_move(EFFORT);
    test_pairs(EFFORT);
    test_pool2d(EFFORT);
    test_rescale(EFFORT);
    test_sum64(EFFORT);
    test_reduce(EFFORT);
    test_resize(EFFORT);
    test_softmax(EFFORT);
    test_transpose_conv(EFFORT);
#ifdef REQUANTIZE_CSV
    test_requantize_vectors(REQUANTIZE_CSV);
#endif
    return check_finish() == 0 ? 0 : 1;
}
