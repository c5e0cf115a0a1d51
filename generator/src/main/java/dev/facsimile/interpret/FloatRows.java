// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

/**
 * The innermost loops of the float kernels. Each sum takes its products one after another in the
 * order of the taps, as TensorFlow Lite's reference loops do: only the loop over the sums is
 * vectorised. Every operand begins at index 0 of an array of its own, as in {@link IntegerRows}.
 */
final class FloatRows {
  private FloatRows() {}

  /**
   * sums[o] += x[from + k] * rows[first + k][o] for k = 0 .. count-1.
   *
   * @param rows finite; one row of as many elements as {@code sums} for each x
   */
  static void multiplyAdd(float[] sums, float[] x, int from, int count, float[][] rows, int first) {
    int k = 0;
    for (; k + 4 <= count; k += 4) {
      float x0 = x[from + k];
      float x1 = x[from + k + 1];
      float x2 = x[from + k + 2];
      float x3 = x[from + k + 3];
      // Sums begin as +0 and so never become -0: adding a product that is zero changes no bit.
      if (x0 != 0 || x1 != 0 || x2 != 0 || x3 != 0) {
        int row = first + k;
        addFour(sums, x0, rows[row], x1, rows[row + 1], x2, rows[row + 2], x3, rows[row + 3]);
      }
    }
    for (; k < count; k++) {
      addOne(sums, x[from + k], rows[first + k]);
    }
  }

  private static void addFour(
      float[] sums,
      float x0,
      float[] w0,
      float x1,
      float[] w1,
      float x2,
      float[] w2,
      float x3,
      float[] w3) {
    for (int o = 0; o < sums.length; o++) {
      sums[o] = sums[o] + x0 * w0[o] + x1 * w1[o] + x2 * w2[o] + x3 * w3[o];
    }
  }

  private static void addOne(float[] sums, float x, float[] w) {
    for (int o = 0; o < sums.length; o++) {
      sums[o] += x * w[o];
    }
  }

  /** sums[c] += x[c] * w[c]. */
  static void multiplyAdd(float[] sums, float[] x, float[] w) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += x[c] * w[c];
    }
  }

  /** sums[c] += x0[c] * w0[c], then x1[c] * w1[c], then x2[c] * w2[c]. */
  static void multiplyAdd(
      float[] sums, float[] x0, float[] w0, float[] x1, float[] w1, float[] x2, float[] w2) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] = sums[c] + x0[c] * w0[c] + x1[c] * w1[c] + x2[c] * w2[c];
    }
  }
}
