// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.quantize.AddParameters;
import dev.facsimile.quantize.FixedPointMultiplier;
import dev.facsimile.tflite.TfliteOracle;
import dev.facsimile.tflite.TfliteWriter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SUB is not ADD with a negated multiplier: halves of the high word round up whatever their sign.
 * These scales make halves that show in an output code.
 */
final class SubtractionTiesTest {
  private static final TensorId A = new TensorId(0);
  private static final TensorId B = new TensorId(1);
  private static final TensorId OUTPUT = new TensorId(2);

  @ParameterizedTest
  @CsvSource({
    "0.0020842426, 0.0011050773, 6.537937E-4, 0, 0",
    "0.5059774, 0.2608946, 0.83510834, 0, -64",
    "0.007073031, 0.0045864186, 0.0029828197, 0, 127",
    "0.46867725, 0.3032788, 0.7568525, 0, -64",
    "0.003827068, 0.0012557567, 0.0023465236, 0, 127"
  })
  void roundsHalvesBeforeItSubtracts(
      float scaleA, float scaleB, float scale, int zeroPointA, int zeroPointB) {
    Graph graph =
        new Graph(
            List.of(
                tensor(A, Shape.of(256, 1), scaleA, zeroPointA),
                tensor(B, Shape.of(1, 256), scaleB, zeroPointB),
                tensor(OUTPUT, Shape.of(256, 256), scale, 0)),
            List.of(new Binary(Binary.Kind.SUB, A, B, OUTPUT, Activation.NONE)),
            List.of(new Port("a", A), new Port("b", B)),
            List.of(new Port("output", OUTPUT)));
    byte[] codes = new byte[256];
    for (int i = 0; i < 256; i++) {
      codes[i] = (byte) i;
    }
    byte[] ours = new IntegerInterpreter(graph).run(List.of(codes, codes)).get(0);
    byte[] theirs =
        TfliteOracle.run(TfliteWriter.write(graph).bytes(), List.of(codes, codes)).get(0);
    assertThat(ours).isEqualTo(theirs);
    assertThat(withNegatedMultiplier(graph, codes)).isNotEqualTo(theirs);
  }

  private static byte[] withNegatedMultiplier(Graph graph, byte[] codes) {
    AddParameters subtract = AddParameters.of(graph, (Binary) graph.ops().get(0));
    FixedPointMultiplier b = subtract.b();
    AddParameters negated =
        new AddParameters(
            false,
            subtract.leftShift(),
            subtract.zeroPointA(),
            subtract.zeroPointB(),
            subtract.outputZeroPoint(),
            subtract.a(),
            new FixedPointMultiplier(-b.multiplier(), b.shift()),
            subtract.output(),
            subtract.range());
    byte[] output = new byte[256 * 256];
    for (int i = 0; i < output.length; i++) {
      output[i] = (byte) negated.apply(codes[i / 256], codes[i % 256]);
    }
    return output;
  }

  private static Tensor tensor(TensorId id, Shape shape, float scale, int zeroPoint) {
    return Tensor.activation(id, "t" + id.value(), shape, DType.INT8)
        .withType(DType.INT8, new Quantization.PerTensor(scale, zeroPoint));
  }
}
