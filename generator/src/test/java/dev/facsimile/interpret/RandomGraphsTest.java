// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.Unary;
import dev.facsimile.graph.random.RandomIntegerGraphs;
import dev.facsimile.tflite.TfliteOracle;
import dev.facsimile.tflite.TfliteWriter;
import dev.facsimile.tflite.WrittenModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random networks against TensorFlow Lite's reference kernels. */
final class RandomGraphsTest {
  private static final Set<Unary.Kind> APPROXIMATE =
      EnumSet.of(
          Unary.Kind.EXP,
          Unary.Kind.LOG,
          Unary.Kind.LOGISTIC,
          Unary.Kind.TANH,
          Unary.Kind.ELU,
          Unary.Kind.GELU,
          Unary.Kind.GELU_APPROXIMATE,
          Unary.Kind.SIN,
          Unary.Kind.COS,
          Unary.Kind.CEIL, // the sign of a zero
          Unary.Kind.ROUND);

  @Provide
  Arbitrary<Graph> integerGraphs() {
    return RandomIntegerGraphs.arbitrary();
  }

  @Provide
  Arbitrary<Graph> floatOperators() {
    return Arbitraries.longs().map(RandomFloatOperators::single).dontShrink();
  }

  @Property(tries = 2000, seed = "20190")
  void integerNetworksEqualTheReferenceKernels(@ForAll("integerGraphs") Graph graph) {
    KernelOracle.assertEveryTensorEqual(graph, KernelOracle.codes(graph, 2, new Random(1)));
  }

  @Property(tries = 1000, seed = "20191")
  void floatOperatorsEqualTheReferenceKernels(@ForAll("floatOperators") Graph graph) {
    WrittenModel file = TfliteWriter.write(graph);
    FloatInterpreter interpreter = new FloatInterpreter(graph);
    try (TfliteOracle oracle = new TfliteOracle(file.bytes())) {
      List<float[]> inputs = reals(graph, new Random(1));
      oracle.run(inputs.stream().map(RandomGraphsTest::bytes).toList());
      interpreter.run(
          inputs,
          (operator, tensor, contents) -> {
            float[] expected = reals(tensor, oracle.get(file.tensorIndex().get(tensor.id())));
            Op op = graph.ops().get(operator);
            if (isApproximate(op)) {
              assertWithinLastBits(contents, expected, slack(op));
            } else {
              assertThat(contents).as("%s", graph).isEqualTo(expected);
            }
          });
    }
  }

  /** The C library's float functions and vector units may differ from the rounded double result. */
  private static boolean isApproximate(Op op) {
    return op instanceof Softmax
        || op instanceof Lstm
        || (op instanceof Unary unary && APPROXIMATE.contains(unary.function()));
  }

  /** 1 + tanh(x) loses what tanh(x) has beside -1. */
  private static float slack(Op op) {
    boolean cancels = op instanceof Unary unary && unary.function() == Unary.Kind.GELU_APPROXIMATE;
    // What the functions of one step differ in goes into the sums of the next.
    return cancels || op instanceof Lstm ? 1e-6f : 0f;
  }

  private static void assertWithinLastBits(float[] actual, float[] expected, float slack) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      if (Float.compare(actual[i], expected[i]) != 0) { // NaN equals NaN
        float distance = Math.abs(actual[i] - expected[i]);
        assertThat(distance).isLessThanOrEqualTo(4 * Math.ulp(expected[i]) + slack);
      }
    }
  }

  private static List<float[]> reals(Graph graph, Random random) {
    List<float[]> inputs = new ArrayList<>();
    for (Port port : graph.inputs()) {
      float[] contents = new float[graph.tensor(port.tensor()).shape().elements()];
      for (int i = 0; i < contents.length; i++) {
        contents[i] = 3 * (float) random.nextGaussian();
      }
      inputs.add(contents);
    }
    return inputs;
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  private static float[] reals(Tensor tensor, byte[] bytes) {
    ByteBuffer contents = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.length / 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.isIndex() ? contents.getInt() : contents.getFloat();
    }
    return values;
  }
}
