// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

/**
 * The operations of the C runtime. Each has one or more variants in {@code
 * runtime-c/src/kernels.inc}.
 */
public enum Kernel {
  CONV2D("conv2d", "conv2d"),
  DEPTHWISE_CONV2D("depthwise_conv2d", "depthwise_conv2d"),
  TRANSPOSE_CONV("transpose_conv", "transpose_conv"),
  FULLY_CONNECTED("fully_connected", "fully_connected"),
  ADD("add", "add"),
  ADD_BROADCAST("add_broadcast", "add_broadcast"),
  MUL("mul", "mul"),
  MUL_BROADCAST("mul_broadcast", "mul_broadcast"),
  MAXIMUM("maximum", "broadcast"),
  MINIMUM("minimum", "broadcast"),
  SQUARED_DIFFERENCE("squared_difference", "squared_difference"),
  DIV("div", "div"),
  LUT("lut", "lut"),
  RESCALE_S16("rescale", "s16", "rescale"),
  RESCALE_S8S16("rescale", "s8s16", "rescale"),
  RESCALE_S16S8("rescale", "s16s8", "rescale"),
  PRELU("prelu", "prelu"),
  MAX_POOL2D("max_pool2d", "pool2d"),
  AVERAGE_POOL2D("average_pool2d", "pool2d"),
  RESIZE_BILINEAR("resize_bilinear", "resize_bilinear"),
  RESIZE_NEAREST("resize_nearest", "x8", "resize_nearest"),
  REDUCE_SUM("reduce_sum", "reduce_sum"),
  REDUCE_MAX("reduce_max", "reduce_max"),
  REDUCE_MIN("reduce_min", "reduce_max"),
  PAD("pad", "pad"),
  CONCAT("concat", "concat"),
  COPY("copy", "copy"),
  REARRANGE("rearrange", "x8", "rearrange"),
  GATHER("gather", "x8", "gather"),
  SOFTMAX("softmax", "softmax");

  private final String operator;
  private final String type;
  private final String parameters;

  Kernel(String operator, String parameters) {
    this(operator, "s8", parameters);
  }

  Kernel(String operator, String type, String parameters) {
    this.operator = operator;
    this.type = type;
    this.parameters = parameters;
  }

  /** First column of the registry. */
  public String operator() {
    return operator;
  }

  /** Second column of the registry: s8, s16; x8 where bytes are moved. */
  public String type() {
    return type;
  }

  /** C name of the parameter struct: fxk_conv2d_params. */
  public String parameterType() {
    return "fxk_" + parameters + "_params";
  }
}
