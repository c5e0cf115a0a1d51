// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

/**
 * The innermost loops of the integer kernels. Every operand begins at index 0 of an array of its
 * own: with an offset in the index the JIT compiler does not vectorise them.
 */
final class IntegerRows {
  private IntegerRows() {}

  /**
   * sums[o] += x[from + k] * rows[first + k][o] for k = 0 .. count-1.
   *
   * @param rows one row of as many elements as {@code sums} for each x
   */
  static void multiplyAdd(int[] sums, int[] x, int from, int count, int[][] rows, int first) {
    int k = 0;
    for (; k + 4 <= count; k += 4) {
      int x0 = x[from + k];
      int x1 = x[from + k + 1];
      int x2 = x[from + k + 2];
      int x3 = x[from + k + 3];
      if ((x0 | x1 | x2 | x3) != 0) {
        int row = first + k;
        addFour(sums, x0, rows[row], x1, rows[row + 1], x2, rows[row + 2], x3, rows[row + 3]);
      }
    }
    for (; k < count; k++) {
      addOne(sums, x[from + k], rows[first + k]);
    }
  }

  private static void addFour(
      int[] sums, int x0, int[] w0, int x1, int[] w1, int x2, int[] w2, int x3, int[] w3) {
    for (int o = 0; o < sums.length; o++) {
      sums[o] = sums[o] + x0 * w0[o] + x1 * w1[o] + x2 * w2[o] + x3 * w3[o];
    }
  }

  private static void addOne(int[] sums, int x, int[] w) {
    for (int o = 0; o < sums.length; o++) {
      sums[o] += x * w[o];
    }
  }

  /** sums[c] += x[c] * w[c]. */
  static void multiplyAdd(int[] sums, int[] x, int[] w) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += x[c] * w[c];
    }
  }

  /** sums[c] += x0[c] * w0[c] + x1[c] * w1[c] + x2[c] * w2[c]. */
  static void multiplyAdd(int[] sums, int[] x0, int[] w0, int[] x1, int[] w1, int[] x2, int[] w2) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] = sums[c] + x0[c] * w0[c] + x1[c] * w1[c] + x2[c] * w2[c];
    }
  }
}
