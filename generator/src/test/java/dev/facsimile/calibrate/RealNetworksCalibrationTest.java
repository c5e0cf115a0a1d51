// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.dataset.Dataset;
import dev.facsimile.dataset.DefaultTasks;
import dev.facsimile.dataset.NoiseDataset;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Task;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.passes.PassPipeline;
import dev.facsimile.quantize.AccumulatorBound;
import dev.facsimile.tflite.RealNetworks;
import dev.facsimile.tflite.TfliteOracle;
import dev.facsimile.tflite.TfliteReader;
import dev.facsimile.tflite.TfliteWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Float networks that we did not train, quantized on smooth noise. */
final class RealNetworksCalibrationTest {
  private static final int EXAMPLES = 24;

  @ParameterizedTest
  @CsvSource({
    "resnet8_f32, 0, 1",
    "vww_96_f32, 0, 255",
    "mnist_dw_f32, 0, 255",
    "mtcnn_rnet_f32, 127.5, 128"
  })
  void quantizesAndTheRealInterpreterAgreesBitForBit(String name, double mean, double std) {
    Graph graph = TfliteReader.read(RealNetworks.read(name)).graph();
    Network network = network(name, PassPipeline.standard().run(graph), mean, std);
    Dataset noise = new NoiseDataset(network, EXAMPLES, 1);
    CalibrationOptions options = new CalibrationOptions(12, 1, 2);
    Calibration calibration = new Calibrator(noise, options, Progress.silent()).calibrate(network);

    assertThat(calibration.accumulators()).isNotEmpty().allMatch(AccumulatorBound::holds);
    for (TaskCalibration task : calibration.tasks()) {
      assertThat(task.loss()).as(task.task().name()).isLessThan(0.1);
      if (task.task().kind() == Task.Kind.CLASSES) {
        assertThat(task.agreement()).isGreaterThanOrEqualTo(0.9);
      }
    }
    assertSameAsTfLite(calibration.integerNetwork(), noise);
  }

  private static Network network(String name, Graph graph, double mean, double std) {
    Shape input = graph.tensor(graph.inputs().get(0).tensor()).shape();
    InputImage.Format format =
        input.channels() == 1 ? InputImage.Format.GRAY8 : InputImage.Format.RGB8;
    InputImage image = new InputImage(format, input.dim(1), input.dim(2), mean, std);
    return new Network(name, graph, DefaultTasks.of(graph), Optional.of(image));
  }

  /** The exported file, run by TensorFlow Lite's reference kernels: the third witness. */
  static void assertSameAsTfLite(Network integer, Dataset dataset) {
    IntegerInterpreter interpreter = new IntegerInterpreter(integer.graph());
    IntegerInputs inputs = IntegerInputs.of(dataset, integer);
    byte[] file = TfliteWriter.write(integer.graph()).bytes();
    try (TfliteOracle oracle = new TfliteOracle(file)) {
      for (int example = 0; example < Math.min(8, dataset.size()); example++) {
        List<byte[]> codes = inputs.codes(example, integer.graph());
        List<byte[]> expected = oracle.run(codes);
        List<byte[]> actual = interpreter.run(codes);
        for (int port = 0; port < expected.size(); port++) {
          assertThat(actual.get(port)).isEqualTo(expected.get(port));
        }
      }
    }
  }
}
