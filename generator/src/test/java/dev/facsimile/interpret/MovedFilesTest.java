// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Port;
import dev.facsimile.passes.PassPipeline;
import dev.facsimile.tflite.MovedFiles;
import dev.facsimile.tflite.TfliteOracle;
import dev.facsimile.tflite.TfliteReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operators that the reader takes apart, against TensorFlow Lite's reference kernels. */
final class MovedFilesTest {
  private static final int FILES = 150;

  @ParameterizedTest
  @EnumSource
  void whatTheReaderMakesOfAnOperatorGivesItsResult(MovedFiles.Kind kind) {
    int compared = 0;
    for (long seed = 0; seed < FILES; seed++) {
      byte[] file = MovedFiles.file(kind, seed);
      if (file != null) {
        compare(file, kind + " seed " + seed);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(FILES / 3);
  }

  private static void compare(byte[] file, String what) {
    Graph graph = TfliteReader.read(file).graph();
    List<byte[]> inputs = inputs(graph, new Random(1));
    List<byte[]> expected = TfliteOracle.run(file, inputs);
    assertThat(run(graph, inputs)).as(what).usingRecursiveComparison().isEqualTo(expected);
    Graph simplified = PassPipeline.standard().run(graph);
    assertThat(run(simplified, inputs)).as(what).usingRecursiveComparison().isEqualTo(expected);
  }

  /** Numbers below 2^24, which float and int8 hold as they are. */
  private static List<byte[]> inputs(Graph graph, Random random) {
    List<byte[]> inputs = new ArrayList<>();
    for (Port port : graph.inputs()) {
      byte[] input = new byte[graph.tensor(port.tensor()).bytes()];
      random.nextBytes(input);
      if (graph.tensor(port.tensor()).type() == DType.FLOAT32) {
        ByteBuffer buffer = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < input.length; i += 4) {
          buffer.putFloat(i, random.nextInt(1 << 24));
        }
      }
      inputs.add(input);
    }
    return inputs;
  }

  private static List<byte[]> run(Graph graph, List<byte[]> inputs) {
    boolean integer = graph.tensor(graph.inputs().get(0).tensor()).type() == DType.INT8;
    if (integer) {
      return new IntegerInterpreter(graph).run(inputs);
    }
    return new FloatInterpreter(graph)
        .run(inputs.stream().map(MovedFilesTest::floats).toList()).stream()
            .map(MovedFilesTest::bytes)
            .toList();
  }

  private static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }
}
