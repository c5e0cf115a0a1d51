// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Tensor;
import dev.facsimile.quantize.Codes;
import java.util.List;

/** FULLY_CONNECTED: for each row of the input all outputs at once. */
final class IntegerFullyConnected implements Kernel<byte[]> {
  private final Codes codes;
  private final int inputZeroPoint;
  private final SumSink sink;
  private final int[] bias;

  /** One row of outputs for each input. */
  private final int[][] rows;

  private final int[] input;
  private final int[] sums;

  /**
   * The sums of {@code op}.
   *
   * @param bias what each output's sum begins with
   */
  static IntegerFullyConnected of(Graph graph, FullyConnected op, int[] bias, SumSink sink) {
    Tensor weights = graph.tensor(op.weights());
    return new IntegerFullyConnected(
        Codes.of(graph.tensor(op.input())),
        graph.tensor(op.input()).perTensor().zeroPoint(),
        sink,
        bias,
        IntegerConvolution.rows(weights, bias.length));
  }

  private IntegerFullyConnected(
      Codes codes, int inputZeroPoint, SumSink sink, int[] bias, int[][] rows) {
    this.codes = codes;
    this.inputZeroPoint = inputZeroPoint;
    this.sink = sink;
    this.bias = bias;
    this.rows = rows;
    this.input = new int[rows.length];
    this.sums = new int[bias.length];
  }

  @Override
  public Kernel<byte[]> fork() {
    return new IntegerFullyConnected(codes, inputZeroPoint, sink, bias, rows);
  }

  @Override
  public void run(List<byte[]> inputs, byte[] output) {
    int batches = inputs.get(0).length / (input.length * codes.bytes());
    for (int batch = 0; batch < batches; batch++) {
      for (int k = 0; k < input.length; k++) {
        input[k] = codes.get(inputs.get(0), batch * input.length + k) - inputZeroPoint;
      }
      System.arraycopy(bias, 0, sums, 0, sums.length);
      IntegerRows.multiplyAdd(sums, input, 0, input.length, rows, 0);
      sink.store(sums, output, batch * sums.length);
    }
  }
}
