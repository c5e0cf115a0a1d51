// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

/**
 * How a kernel window moves over the height and width of NHWC. Padding is explicit, in pixels of
 * real value zero, whatever the file called it: output = floor((input + before + after - dilation *
 * (kernel - 1) - 1) / stride) + 1.
 */
public record Window(
    int kernelH,
    int kernelW,
    int strideH,
    int strideW,
    int dilationH,
    int dilationW,
    int padTop,
    int padBottom,
    int padLeft,
    int padRight) {

  public Window {
    if (kernelH < 1
        || kernelW < 1
        || strideH < 1
        || strideW < 1
        || dilationH < 1
        || dilationW < 1) {
      throw new IllegalArgumentException(
          "kernel, stride and dilation must be >= 1 but were %dx%d, %dx%d, %dx%d"
              .formatted(kernelH, kernelW, strideH, strideW, dilationH, dilationW));
    }
    if (padTop < 0 || padBottom < 0 || padLeft < 0 || padRight < 0) {
      throw new IllegalArgumentException("padding must be >= 0");
    }
  }

  /** TensorFlow's VALID padding: none. */
  public static Window valid(
      int kernelH, int kernelW, int strideH, int strideW, int dilationH, int dilationW) {
    return new Window(kernelH, kernelW, strideH, strideW, dilationH, dilationW, 0, 0, 0, 0);
  }

  /**
   * TensorFlow's SAME padding for this input: output = ceil(input / stride), the odd pixel below
   * and right.
   */
  public static Window same(
      int inputH,
      int inputW,
      int kernelH,
      int kernelW,
      int strideH,
      int strideW,
      int dilationH,
      int dilationW) {
    int h = samePadding(inputH, kernelH, strideH, dilationH);
    int w = samePadding(inputW, kernelW, strideW, dilationW);
    return new Window(
        kernelH, kernelW, strideH, strideW, dilationH, dilationW, h / 2, h - h / 2, w / 2,
        w - w / 2);
  }

  private static int samePadding(int input, int kernel, int stride, int dilation) {
    long output = ((long) input + stride - 1) / stride;
    long needed = (output - 1) * stride + (long) dilation * (kernel - 1) + 1 - input;
    if (needed > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("padding must fit an int but was " + needed);
    }
    return (int) Math.max(0, needed);
  }

  public int outputH(int inputH) {
    return output(inputH, kernelH, strideH, dilationH, (long) padTop + padBottom);
  }

  public int outputW(int inputW) {
    return output(inputW, kernelW, strideW, dilationW, (long) padLeft + padRight);
  }

  /** Zero or negative where the window is larger than the padded input, whatever the numbers. */
  private static int output(int input, int kernel, int stride, int dilation, long padding) {
    long last = input + padding - (long) dilation * (kernel - 1) - 1;
    return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, Math.floorDiv(last, stride) + 1));
  }

  public boolean hasPadding() {
    return padTop > 0 || padBottom > 0 || padLeft > 0 || padRight > 0;
  }

  /** The same window with more padding on each side. */
  public Window padded(int top, int bottom, int left, int right) {
    return new Window(
        kernelH,
        kernelW,
        strideH,
        strideW,
        dilationH,
        dilationW,
        padTop + top,
        padBottom + bottom,
        padLeft + left,
        padRight + right);
  }
}
