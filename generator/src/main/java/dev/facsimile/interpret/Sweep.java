// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Window;

/**
 * How a window sweeps over an image, and where that image lies in a buffer with its padding around
 * it, so that inner loops need no bounds.
 *
 * @param channels of the padded image
 */
record Sweep(
    int batches,
    int inputH,
    int inputW,
    int channels,
    int outputH,
    int outputW,
    int outputChannels,
    Window window) {

  /** Over {@code input} into {@code output}, both NHWC. */
  static Sweep of(Shape input, Shape output, Window window) {
    return new Sweep(
        input.dim(0),
        input.dim(1),
        input.dim(2),
        input.dim(3),
        output.dim(1),
        output.dim(2),
        output.dim(3),
        window);
  }

  /** The same sweep over an image of as many channels as the output has. */
  Sweep spread() {
    return new Sweep(
        batches, inputH, inputW, outputChannels, outputH, outputW, outputChannels, window);
  }

  int paddedW() {
    return inputW + window.padLeft() + window.padRight();
  }

  int paddedPixels() {
    return (inputH + window.padTop() + window.padBottom()) * paddedW();
  }

  int paddedElements() {
    return paddedPixels() * channels;
  }

  /** Index of the padded pixel where row {@code y} of the image begins. */
  int paddedRow(int y) {
    return (y + window.padTop()) * paddedW() + window.padLeft();
  }

  /** Index of the padded pixel under the kernel's element (0, 0) for an output pixel. */
  int corner(int outputY, int outputX) {
    return outputY * window.strideH() * paddedW() + outputX * window.strideW();
  }

  int taps() {
    return window.kernelH() * window.kernelW();
  }
}
