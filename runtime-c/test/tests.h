/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_H
#define TESTS_H

#include <stdint.h>

/* effort scales the number of random cases: 1 on an emulated core, more on the host. */
void test_arith(int32_t effort);
void test_conv2d(int32_t effort);
void test_depthwise_conv2d(int32_t effort);
void test_elementwise(int32_t effort);
void test_fully_connected(int32_t effort);
void test_literal_layers(void);
void test_lstm(int32_t effort);
void test_matrices(int32_t effort);
void test_move(int32_t effort);
void test_pairs(int32_t effort);
void test_pool2d(int32_t effort);
void test_reduce(int32_t effort);
void test_resize(int32_t effort);
void test_rescale(int32_t effort);
void test_sum64(int32_t effort);
void test_softmax(int32_t effort);
void test_transpose_conv(int32_t effort);


/* Reads a file; not on emulated cores. */
void test_requantize_vectors(const char *path);

#endif
