// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RealNetworksWriteTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet8_f32",
        "resnet8_int8",
        "vww_96_f32",
        "vww_96_int8",
        "mnist_dw_f32",
        "mnist_dw_int8",
        "mtcnn_rnet_f32"
      })
  void writtenNetworkReadsBackAndComputesTheSame(String name) {
    byte[] file = RealNetworks.read(name);
    Graph graph = TfliteReader.read(file).graph();
    WrittenModel written = TfliteWriter.write(graph);
    assertThat(TfliteWriter.write(graph).bytes()).isEqualTo(written.bytes());

    Graph again = TfliteReader.read(written.bytes()).graph();
    assertThat(CanonicalGraph.of(again)).isEqualTo(CanonicalGraph.of(graph));

    try (TfliteOracle before = new TfliteOracle(file);
        TfliteOracle after = new TfliteOracle(written.bytes())) {
      byte[] input = randomInput(graph.tensor(graph.inputs().get(0).tensor()));
      assertThat(after.run(List.of(input)))
          .usingElementComparator(Arrays::compare)
          .isEqualTo(before.run(List.of(input)));
      for (Tensor tensor : graph.tensors()) {
        // The importer keeps the file's indices as ids, so both files can be asked.
        assertThat(after.get(written.tensorIndex().get(tensor.id())))
            .isEqualTo(before.get(tensor.id().value()));
      }
    }
  }

  private static byte[] randomInput(Tensor input) {
    Random random = new Random(7);
    byte[] bytes = new byte[input.bytes()];
    if (input.type().isFloat()) {
      ByteBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      while (floats.hasRemaining()) {
        floats.putFloat(random.nextFloat());
      }
    } else {
      random.nextBytes(bytes);
    }
    return bytes;
  }
}
