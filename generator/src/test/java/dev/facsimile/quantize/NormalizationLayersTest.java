// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.interpret.FloatInterpreter;
import dev.facsimile.interpret.IntegerInterpreter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Layer normalisation as exporters spell it out: in float exact, in int8 near. */
final class NormalizationLayersTest {
  private static final int ROWS = 8;
  private static final int WIDTH = 16;

  /** (x - mean) / sqrt(variance + eps), with RSQRT and MUL or with SQRT and DIV. */
  private static Graph normalized(boolean divides) {
    GraphChain chain = GraphChain.graph().input("x", 1, ROWS, WIDTH);
    TensorId x = chain.last();
    TensorId mean = chain.reduce(Reduce.Kind.MEAN, true, 2).last();
    chain.from(x).binary(Binary.Kind.SQUARED_DIFFERENCE, mean, Activation.NONE);
    chain.reduce(Reduce.Kind.MEAN, true, 2).add(chain.constant(Shape.of(), 1e-3f));
    chain.unary(divides ? Unary.Kind.SQRT : Unary.Kind.RSQRT);
    TensorId scale = chain.last();
    chain.from(x).binary(Binary.Kind.SUB, mean, Activation.NONE);
    Binary.Kind last = divides ? Binary.Kind.DIV : Binary.Kind.MUL;
    return chain.binary(last, scale, Activation.NONE).build();
  }

  private static float[] rows(Random random) {
    float[] values = new float[ROWS * WIDTH];
    for (int row = 0; row < ROWS; row++) {
      double offset = random.nextGaussian();
      double spread = 1 + random.nextDouble();
      for (int i = 0; i < WIDTH; i++) {
        values[row * WIDTH + i] = (float) (offset + spread * random.nextGaussian());
      }
    }
    return values;
  }

  @Test
  void runInFloat() {
    float[] x = rows(new Random(1));
    for (boolean divides : List.of(true, false)) {
      float[] y = new FloatInterpreter(normalized(divides)).run(List.of(x)).get(0);
      for (int row = 0; row < ROWS; row++) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < WIDTH; i++) {
          sum += y[row * WIDTH + i];
          squares += y[row * WIDTH + i] * (double) y[row * WIDTH + i];
        }
        assertThat(sum / WIDTH).isCloseTo(0, within(1e-5));
        assertThat(squares / WIDTH).isCloseTo(1, within(2e-3));
      }
    }
  }

  @Test
  void stayNearFloatInInt8() {
    for (boolean divides : List.of(true, false)) {
      Graph graph = normalized(divides);
      Graph integer = Quantizer.quantize(graph, observed(graph));
      IntegerContract.require(integer);
      FloatInterpreter real = new FloatInterpreter(graph);
      IntegerInterpreter coded = new IntegerInterpreter(integer);
      Tensor in = integer.tensor(integer.inputs().get(0).tensor());
      Tensor out = integer.tensor(integer.outputs().get(0).tensor());
      double squares = 0;
      Random random = new Random(3);
      for (int run = 0; run < 20; run++) {
        float[] x = rows(random);
        float[] expected = real.run(List.of(x)).get(0);
        byte[] codes = coded.run(List.of(AffineMapping.quantize(x, in))).get(0);
        float[] actual = AffineMapping.dequantize(codes, out);
        for (int i = 0; i < actual.length; i++) {
          squares += Math.pow(actual[i] - expected[i], 2) / actual.length / 20;
        }
      }
      assertThat(Math.sqrt(squares)).as("RMSE where values have deviation 1").isLessThan(0.04);
    }
  }

  /** Scales of the ranges that 50 inputs show. */
  private static Map<TensorId, Quantization.PerTensor> observed(Graph graph) {
    Map<TensorId, ValueRange> seen = new TreeMap<>();
    FloatInterpreter interpreter = new FloatInterpreter(graph);
    Random random = new Random(2);
    for (int run = 0; run < 50; run++) {
      float[] x = rows(random);
      widen(seen, graph.inputs().get(0).tensor(), x);
      interpreter.run(
          List.of(x), (operator, tensor, contents) -> widen(seen, tensor.id(), contents));
    }
    ScaleGroups groups = ScaleGroups.of(graph, Map.of());
    List<ValueRange> ranges = new ArrayList<>();
    groups.groups().forEach(group -> ranges.add(seen.get(group.representative())));
    return groups.quantizations(ranges);
  }

  private static void widen(Map<TensorId, ValueRange> seen, TensorId tensor, float[] contents) {
    for (float value : contents) {
      seen.merge(tensor, ValueRange.of(value, value), ValueRange::union);
    }
  }
}
