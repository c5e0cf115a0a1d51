// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.TensorId;
import dev.facsimile.quantize.AddParameters;
import dev.facsimile.quantize.Codes;
import dev.facsimile.quantize.DivParameters;
import dev.facsimile.quantize.MulParameters;
import dev.facsimile.quantize.PReluParameters;
import dev.facsimile.quantize.SquaredDifferenceParameters;
import dev.facsimile.quantize.WideDivParameters;
import java.util.List;
import java.util.function.IntBinaryOperator;

/** Elementwise operators of two broadcast tensors. */
final class IntegerBinary implements Kernel<byte[]> {
  private final int[] indicesA;
  private final int[] indicesB;
  private final Codes codes;
  private final IntBinaryOperator function;

  private IntegerBinary(
      Graph graph, TensorId a, TensorId b, TensorId output, IntBinaryOperator function) {
    this.codes = Codes.of(graph.tensor(output));
    Shape shape = graph.tensor(output).shape();
    this.indicesA = IndexMaps.broadcast(graph.tensor(a).shape(), shape);
    this.indicesB = IndexMaps.broadcast(graph.tensor(b).shape(), shape);
    this.function = function;
  }

  static IntegerBinary add(Graph graph, Binary op) {
    AddParameters parameters = AddParameters.of(graph, op);
    return new IntegerBinary(graph, op.a(), op.b(), op.output(), parameters::apply);
  }

  static IntegerBinary multiply(Graph graph, Binary op) {
    MulParameters parameters = MulParameters.of(graph, op);
    return new IntegerBinary(graph, op.a(), op.b(), op.output(), parameters::apply);
  }

  static IntegerBinary divide(Graph graph, Binary op) {
    if (graph.tensor(op.output()).type() == DType.INT16) {
      WideDivParameters wide = WideDivParameters.of(graph, op);
      return new IntegerBinary(graph, op.a(), op.b(), op.output(), wide::apply);
    }
    DivParameters parameters = DivParameters.of(graph, op);
    return new IntegerBinary(graph, op.a(), op.b(), op.output(), parameters::apply);
  }

  static IntegerBinary squaredDifference(Graph graph, Binary op) {
    SquaredDifferenceParameters parameters = SquaredDifferenceParameters.of(graph, op);
    return new IntegerBinary(graph, op.a(), op.b(), op.output(), parameters::apply);
  }

  /** One of the two codes, which have one scale. */
  static IntegerBinary select(Graph graph, Binary op, IntBinaryOperator choice) {
    return new IntegerBinary(graph, op.a(), op.b(), op.output(), choice);
  }

  static IntegerBinary prelu(Graph graph, PRelu op) {
    PReluParameters parameters = PReluParameters.of(graph, op);
    return new IntegerBinary(graph, op.input(), op.alpha(), op.output(), parameters::apply);
  }

  @Override
  public void run(List<byte[]> inputs, byte[] output) {
    byte[] a = inputs.get(0);
    byte[] b = inputs.get(1);
    for (int i = 0; i < indicesA.length; i++) {
      int x = codes.get(a, indicesA[i]);
      int y = codes.get(b, indicesB[i]);
      codes.put(output, i, function.applyAsInt(x, y));
    }
  }
}
