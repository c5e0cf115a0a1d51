/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REFERENCE_H
#define REFERENCE_H

/*
 * Every kernel once more, straight from its contract in include/fxk: one element at a time, each
 * input found by its coordinates, sums in 64 bits, rounding by exact division. They share no line
 * with the kernels.
 */

#include <stdint.h>

#include "fxk/fxk_add.h"
#include "fxk/fxk_conv2d.h"
#include "fxk/fxk_depthwise_conv2d.h"
#include "fxk/fxk_div.h"
#include "fxk/fxk_fully_connected.h"
#include "fxk/fxk_lut.h"
#include "fxk/fxk_maximum.h"
#include "fxk/fxk_move.h"
#include "fxk/fxk_mul.h"
#include "fxk/fxk_pool2d.h"
#include "fxk/fxk_prelu.h"
#include "fxk/fxk_reduce.h"
#include "fxk/fxk_softmax.h"
#include "fxk/fxk_squared_difference.h"

/* numerator / denominator rounded to nearest; ties towards plus infinity, or away from zero. */
int64_t reference_round_half_up(int64_t numerator, int64_t denominator);
int64_t reference_round_half_away(int64_t numerator, int64_t denominator);

int32_t reference_requantize(int32_t x, int32_t multiplier, int32_t shift);

/* 1 / (1 + x), x and the result in 2^-31; gemmlowp's steps with every rounding spelled out. */
int64_t reference_reciprocal(int64_t x);

fxk_conv2d_s8_fn reference_conv2d;
fxk_depthwise_conv2d_s8_fn reference_depthwise_conv2d;
fxk_fully_connected_s8_fn reference_fully_connected;
fxk_add_s8_fn reference_add;
fxk_add_broadcast_s8_fn reference_add_broadcast;
fxk_mul_s8_fn reference_mul;
fxk_mul_broadcast_s8_fn reference_mul_broadcast;
fxk_maximum_s8_fn reference_maximum;
fxk_minimum_s8_fn reference_minimum;
fxk_squared_difference_s8_fn reference_squared_difference;
fxk_div_s8_fn reference_div;
fxk_lut_s8_fn reference_lut;
fxk_prelu_s8_fn reference_prelu;
fxk_prelu_broadcast_s8_fn reference_prelu_broadcast;
fxk_pool2d_s8_fn reference_max_pool2d;
fxk_pool2d_s8_fn reference_average_pool2d;
fxk_reduce_sum_s8_fn reference_reduce_sum;
fxk_reduce_max_s8_fn reference_reduce_max;
fxk_reduce_min_s8_fn reference_reduce_min;
fxk_pad_s8_fn reference_pad;
fxk_concat_s8_fn reference_concat;
fxk_rearrange_x8_fn reference_rearrange;
fxk_gather_x8_fn reference_gather;
fxk_softmax_s8_fn reference_softmax;

#endif
