// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Tensor;
import dev.facsimile.interpret.FloatInterpreter;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.passes.PassPipeline;
import dev.facsimile.quantize.AffineMapping;
import dev.facsimile.tflite.TfliteOracle;
import dev.facsimile.tflite.TfliteReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The networks of test-fixtures/keras/make.py, in every form in which TensorFlow converts them:
 * what all passes leave of an integer network has TensorFlow Lite's outputs, in the interpreter and
 * in the generated C; a float one has them but for rounding. {@code FACSIMILE_KERAS} names the
 * folder that make.py wrote; without it nothing runs.
 */
final class KerasNetworksTest {
  private static final int RUNS = 4;

  /** Of a float network's largest output; the order of sums is not TensorFlow Lite's. */
  private static final float ROUNDING = 1e-5f;

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> everyNetworkIsTensorFlowLites() throws IOException {
    String files = System.getenv("FACSIMILE_KERAS");
    assumeTrue(files != null && !files.isEmpty(), "FACSIMILE_KERAS is not set");
    List<Path> models = new ArrayList<>();
    try (Stream<Path> list = Files.list(Path.of(files))) {
      list.filter(file -> file.toString().endsWith(".tflite")).sorted().forEach(models::add);
    }
    assertThat(models).isNotEmpty();
    return models.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> agrees(file)));
  }

  private void agrees(Path path) throws IOException, InterruptedException {
    byte[] file = Files.readAllBytes(path);
    Graph graph = PassPipeline.standard().run(TfliteReader.read(file).graph());
    if (port(graph, graph.inputs().get(0)).type() == DType.FLOAT32) {
      realsAgree(file, graph);
    } else {
      codesAgree(path.getFileName().toString().replaceAll("\\W", "_"), file, graph);
    }
  }

  private void codesAgree(String name, byte[] file, Graph graph)
      throws IOException, InterruptedException {
    List<List<byte[]>> runs = new ArrayList<>();
    Random random = new Random(3);
    for (int run = 0; run < RUNS; run++) {
      byte[] input = new byte[port(graph, graph.inputs().get(0)).bytes()];
      random.nextBytes(input);
      runs.add(List.of(input));
    }
    IntegerInterpreter interpreter = new IntegerInterpreter(graph);
    try (TfliteOracle oracle = new TfliteOracle(file)) {
      boolean floatEdges = oracle.bytes(oracle.inputs()[0]) != runs.get(0).get(0).length;
      for (List<byte[]> inputs : runs) {
        Tensor port = port(graph, graph.inputs().get(0));
        List<byte[]> given =
            floatEdges ? List.of(bytes(AffineMapping.dequantize(inputs.get(0), port))) : inputs;
        List<byte[]> expected = oracle.run(given);
        List<byte[]> actual = interpreter.run(inputs);
        for (int i = 0; i < expected.size(); i++) {
          Tensor output = port(graph, graph.outputs().get(i));
          assertThat(
                  floatEdges
                      ? bytes(AffineMapping.dequantize(actual.get(i), output))
                      : actual.get(i))
              .as("output %d", i)
              .isEqualTo(expected.get(i));
        }
      }
    }
    CaseBatch program = new CaseBatch(folder, CaseBatch.Form.CHECKSUMS);
    program.add(name, graph, runs);
    assertThat(program.failures()).isEmpty();
  }

  private static void realsAgree(byte[] file, Graph graph) {
    FloatInterpreter interpreter = new FloatInterpreter(graph);
    Random random = new Random(3);
    try (TfliteOracle oracle = new TfliteOracle(file)) {
      for (int run = 0; run < RUNS; run++) {
        float[] input = new float[port(graph, graph.inputs().get(0)).shape().elements()];
        for (int i = 0; i < input.length; i++) {
          input[i] = (float) random.nextGaussian();
        }
        List<byte[]> expected = oracle.run(List.of(bytes(input)));
        List<float[]> actual = interpreter.run(List.of(input));
        for (int i = 0; i < expected.size(); i++) {
          assertClose(actual.get(i), floats(expected.get(i)));
        }
      }
    }
  }

  private static void assertClose(float[] actual, float[] expected) {
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(ROUNDING * largest));
    }
  }

  private static Tensor port(Graph graph, Port port) {
    return graph.tensor(port.tensor());
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  private static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
