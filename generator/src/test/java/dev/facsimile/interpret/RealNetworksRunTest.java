// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Port;
import dev.facsimile.tflite.RealNetworks;
import dev.facsimile.tflite.TfliteOracle;
import dev.facsimile.tflite.TfliteReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that others trained, in float, against TensorFlow Lite; FidelityTest has integers. */
final class RealNetworksRunTest {
  private static final int INPUTS = 20;

  @ParameterizedTest
  @ValueSource(strings = {"resnet8_f32", "vww_96_f32", "mnist_dw_f32", "mtcnn_rnet_f32"})
  void equalsTheReferenceKernelsInEveryTensorOfFloatNetworks(String name) {
    byte[] file = RealNetworks.read(name);
    Graph graph = TfliteReader.read(file).graph();
    FloatInterpreter interpreter = new FloatInterpreter(graph);
    Random random = new Random(3);
    try (TfliteOracle oracle = new TfliteOracle(file)) {
      for (int i = 0; i < INPUTS / 4; i++) {
        List<float[]> inputs = reals(graph, random);
        oracle.run(inputs.stream().map(RealNetworksRunTest::bytes).toList());
        interpreter.run(
            inputs,
            (operator, tensor, contents) ->
                assertThat(contents)
                    .as("operator %d of %s", operator, name)
                    .isEqualTo(floats(oracle.get(tensor.id().value()))));
      }
    }
  }

  @Test
  void givesTheKnownOutputsForARampAndForALinearCongruence() {
    assertThat(outputs("resnet8_int8", true))
        .containsExactly(-128, -128, -85, -128, -128, -128, -117, -128, 74, -128);
    assertThat(outputs("vww_96_int8", true)).containsExactly(122, -122);
    assertThat(outputs("resnet8_int8", false))
        .containsExactly(-128, -128, -126, -125, -128, -128, 123, -128, -128, -128);
    assertThat(outputs("vww_96_int8", false)).containsExactly(120, -120);
  }

  private static byte[] outputs(String name, boolean ramp) {
    Graph graph = TfliteReader.read(RealNetworks.read(name)).graph();
    byte[] input = new byte[graph.tensor(graph.inputs().get(0).tensor()).shape().elements()];
    int state = 12345;
    for (int i = 0; i < input.length; i++) {
      state = state * 1664525 + 1013904223;
      input[i] = (byte) (ramp ? i * 37 + 11 : state >> 24);
    }
    return new IntegerInterpreter(graph).run(List.of(input)).get(0);
  }

  private static List<float[]> reals(Graph graph, Random random) {
    List<float[]> inputs = new ArrayList<>();
    for (Port port : graph.inputs()) {
      float[] contents = new float[graph.tensor(port.tensor()).shape().elements()];
      for (int i = 0; i < contents.length; i++) {
        contents[i] = random.nextFloat();
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

  private static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
