// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Shape;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.interpret.StructuredInputs;
import dev.facsimile.tflite.RealNetworks;
import dev.facsimile.tflite.TfliteOracle;
import dev.facsimile.tflite.TfliteReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Public int8 networks: every byte of every layer is TensorFlow Lite's, in the interpreter and in
 * the generated C. {@code -Dfidelity.inputs=200} tries 200 random inputs and all 50 structured
 * ones; the same networks on an emulated core are RealNetworksProofTest's.
 */
final class FidelityTest {
  /** Random inputs; beside them a quarter as many structured ones. */
  private static final int INPUTS = Integer.getInteger("fidelity.inputs", 12);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"resnet8_int8", "vww_96_int8", "mnist_dw_int8"})
  void everyByteOfEveryLayerIsTensorFlowLites(String name) throws Exception {
    byte[] file = RealNetworks.read(name);
    Graph graph = TfliteReader.read(file).graph();
    assertThat(graph.inputs()).hasSize(1);
    List<List<byte[]>> runs = inputs(graph.tensor(graph.inputs().get(0).tensor()).shape());
    interpreterEqualsTensorFlowLite(graph, file, runs);
    CaseBatch program = new CaseBatch(folder, CaseBatch.Form.CHECKSUMS);
    program.add(name, graph, runs);
    assertThat(program.failures()).isEmpty();
  }

  /** Tensors of the graph have the numbers they have in the file. */
  private static void interpreterEqualsTensorFlowLite(
      Graph graph, byte[] file, List<List<byte[]>> runs) {
    IntegerInterpreter interpreter = new IntegerInterpreter(graph);
    try (TfliteOracle oracle = new TfliteOracle(file)) {
      for (List<byte[]> inputs : runs) {
        oracle.run(inputs);
        interpreter.run(
            inputs,
            (operator, tensor, contents) ->
                assertThat(contents)
                    .as("%s", graph.ops().get(operator))
                    .isEqualTo(oracle.get(tensor.id().value())));
      }
    }
  }

  private static List<List<byte[]>> inputs(Shape shape) {
    Random random = new Random(4);
    List<List<byte[]>> inputs = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      byte[] codes = new byte[shape.elements()];
      random.nextBytes(codes);
      inputs.add(List.of(codes));
    }
    List<byte[]> structured = StructuredInputs.of(shape);
    int count = Math.min(structured.size(), Math.max(1, INPUTS / 4));
    for (int i = 0; i < count; i++) {
      inputs.add(List.of(structured.get(i * structured.size() / count)));
    }
    return inputs;
  }
}
