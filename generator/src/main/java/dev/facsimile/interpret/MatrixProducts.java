// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.facts.MatrixLayout;
import dev.facsimile.graph.BatchMatMul;
import dev.facsimile.graph.Graph;
import dev.facsimile.quantize.Codes;
import dev.facsimile.quantize.MatMulParameters;

/** BATCH_MATMUL of floats and of codes, one sum after the other. */
final class MatrixProducts {
  private MatrixProducts() {}

  /** One sum of products. */
  @FunctionalInterface
  private interface Sum {
    /**
     * Computes one element.
     *
     * @param a where its first left factor is
     * @param b where its first right factor is
     */
    void compute(int a, int b, int output);
  }

  private static void forEach(MatrixLayout layout, Sum sum) {
    int output = 0;
    for (int matrix = 0; matrix < layout.matrices(); matrix++) {
      int a = layout.begin(layout.a(), matrix);
      int b = layout.begin(layout.b(), matrix);
      for (int i = 0; i < layout.rows(); i++) {
        for (int j = 0; j < layout.columns(); j++) {
          sum.compute(a + i * layout.a().outer(), b + j * layout.b().outer(), output);
          output++;
        }
      }
    }
  }

  static Kernel<float[]> ofFloats(Graph graph, BatchMatMul op) {
    MatrixLayout layout = MatrixLayout.of(graph, op);
    int stepA = layout.a().depth();
    int stepB = layout.b().depth();
    return (inputs, output) ->
        forEach(
            layout,
            (a, b, at) -> {
              float sum = 0;
              for (int k = 0; k < layout.depth(); k++) {
                sum += inputs.get(0)[a + k * stepA] * inputs.get(1)[b + k * stepB];
              }
              output[at] = sum;
            });
  }

  static Kernel<byte[]> ofCodes(Graph graph, BatchMatMul op) {
    MatrixLayout layout = MatrixLayout.of(graph, op);
    MatMulParameters numbers = MatMulParameters.of(graph, op);
    Codes codes = numbers.codes();
    int stepA = layout.a().depth();
    int stepB = layout.b().depth();
    return (inputs, output) ->
        forEach(
            layout,
            (a, b, at) -> {
              long sum = 0;
              for (int k = 0; k < layout.depth(); k++) {
                int left = codes.get(inputs.get(0), a + k * stepA) - numbers.zeroPointA();
                int right = codes.get(inputs.get(1), b + k * stepB) - numbers.zeroPointB();
                sum += (long) left * right;
              }
              codes.put(output, at, numbers.apply(sum));
            });
  }

  /** Rows divided by their lengths, which count as 1e-6 at least. */
  static Kernel<float[]> normalization(int depth) {
    return (inputs, output) -> {
      float[] input = inputs.get(0);
      for (int row = 0; row < output.length; row += depth) {
        float squares = 0;
        for (int i = row; i < row + depth; i++) {
          squares += input[i] * input[i];
        }
        float length = Math.max((float) Math.sqrt(squares), 1e-6f);
        for (int i = row; i < row + depth; i++) {
          output[i] = input[i] / length;
        }
      }
    };
  }
}
