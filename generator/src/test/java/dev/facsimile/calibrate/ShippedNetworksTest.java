// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.dataset.Dataset;
import dev.facsimile.dataset.DatasetReader;
import dev.facsimile.dataset.TasksFile;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Tensor;
import dev.facsimile.interpret.FloatInterpreter;
import dev.facsimile.passes.PassPipeline;
import dev.facsimile.quantize.AccumulatorBound;
import dev.facsimile.tflite.TfliteOracle;
import dev.facsimile.tflite.TfliteReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every network of models/, with its BatchNorms folded by the exporter and with them left in. */
final class ShippedNetworksTest {
  private static final Path MODELS = Path.of("..", "models");
  private static final Path CALIBRATION = MODELS.resolve("au12-mobile/calibration.npz");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "au12-mobile/au12",
        "au12-mobile/au12_batchnorm",
        "au12-noisy/au12_noisy",
        "au12-noisy/au12_noisy_batchnorm",
        "au8-intensity/au8",
        "au8-intensity/au8_batchnorm",
        "monet/monet",
        "monet/monet_batchnorm",
        "ubernet-mini/ubernet",
        "ubernet-mini/ubernet_batchnorm"
      })
  void saysWhatTensorFlowLiteSaysBeforeAndAfterThePasses(String name) throws IOException {
    byte[] file = Files.readAllBytes(MODELS.resolve(name + ".tflite"));
    Graph graph = TfliteReader.read(file).graph();
    FloatInterpreter plain = new FloatInterpreter(graph);
    FloatInterpreter simplified = new FloatInterpreter(PassPipeline.standard().run(graph));
    List<float[]> image = List.of(image(graph.tensor(graph.inputs().get(0).tensor())));
    try (TfliteOracle oracle = new TfliteOracle(file)) {
      List<byte[]> expected = oracle.run(List.of(bytes(image.get(0))));
      for (FloatInterpreter interpreter : List.of(plain, simplified)) {
        List<float[]> actual = interpreter.run(image);
        assertThat(actual).hasSameSizeAs(expected);
        for (int port = 0; port < actual.size(); port++) {
          assertClose(actual.get(port), floats(expected.get(port)));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"au8-intensity, au8", "monet, monet", "ubernet-mini, ubernet"})
  void quantizesAndTheRealInterpreterAgreesBitForBit(String folder, String model)
      throws IOException {
    Path place = MODELS.resolve(folder);
    byte[] file = Files.readAllBytes(place.resolve(model + ".tflite"));
    Graph graph = PassPipeline.standard().run(TfliteReader.read(file).graph());
    Network network = TasksFile.read(place.resolve("tasks.yaml"), model, graph);
    Dataset dataset = DatasetReader.open(CALIBRATION, network);

    Calibration calibration =
        new Calibrator(dataset, new CalibrationOptions(12, 1, 2), Progress.silent())
            .calibrate(network);

    assertThat(calibration.accumulators()).isNotEmpty().allMatch(AccumulatorBound::holds);
    assertThat(calibration.tasks())
        .hasSameSizeAs(network.tasks())
        .allSatisfy(task -> assertThat(task.loss()).isLessThan(0.1));
    RealNetworksCalibrationTest.assertSameAsTfLite(calibration.integerNetwork(), dataset);
  }

  private static float[] image(Tensor tensor) {
    Random random = new Random(5);
    float[] image = new float[tensor.shape().elements()];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat() * 2 - 1;
    }
    return image;
  }

  private static void assertClose(float[] actual, float[] expected) {
    float largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(actual).containsExactly(expected, Offset.offset(1e-4f * largest));
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
