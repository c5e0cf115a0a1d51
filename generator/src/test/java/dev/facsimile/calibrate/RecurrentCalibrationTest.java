// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.dataset.DefaultTasks;
import dev.facsimile.dataset.NoiseDataset;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Network;
import dev.facsimile.interpret.KernelOracle;
import dev.facsimile.tflite.TfliteReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Float networks with recurrent layers, calibrated and quantized by ours. */
final class RecurrentCalibrationTest {
  private static Calibration calibrate(Graph graph) {
    Network network = new Network("lstm", graph, DefaultTasks.of(graph), Optional.empty());
    CalibrationOptions options = new CalibrationOptions(16, 1, 2);
    return new Calibrator(new NoiseDataset(network, 60, 1), options, Progress.silent())
        .calibrate(network);
  }

  private static List<Integer> cellBits(Graph graph) {
    return graph.ops().stream()
        .filter(Lstm.class::isInstance)
        .map(op -> ((Lstm) op).cellBits())
        .toList();
  }

  @Test
  void fusedLayersKeepTheirSignal() throws IOException {
    byte[] file = Files.readAllBytes(Path.of("..", "test-fixtures", "lstm", "fused_float.tflite"));
    Graph graph = TfliteReader.read(file).graph();
    Calibration calibration = calibrate(graph);
    assertThat(calibration.tasks())
        .hasSize(3)
        .allSatisfy(task -> assertThat(task.loss()).isLessThan(0.03));
    assertThat(cellBits(calibration.integerNetwork().graph()))
        .hasSize(2)
        .allSatisfy(bits -> assertThat(bits).isLessThan(cellBits(graph).get(0)));
  }

  @Test
  void tensorFlowLiteComputesTheSame() throws IOException {
    byte[] file = Files.readAllBytes(Path.of("..", "test-fixtures", "lstm", "fused_float.tflite"));
    Graph integer = calibrate(TfliteReader.read(file).graph()).integerNetwork().graph();
    KernelOracle.assertEveryTensorEqual(integer, KernelOracle.codes(integer, 20, new Random(1)));
  }

  @Test
  void bitsOfCellsNeverExceedWhatAnyDataNeeds() {
    Graph graph =
        GraphChain.graph().seed(3).input("x", 2, 3, 4).lstm(5, 1, 0, true).output("y").build();
    assertThat(cellBits(calibrate(graph).integerNetwork().graph())).containsExactly(0);
  }

  @Test
  void sequencesOfManyStepsStayClose() {
    Graph graph =
        GraphChain.graph().seed(4).input("x", 1, 60, 6).lstm(16, 10, 4, false).output("y").build();
    assertThat(calibrate(graph).tasks())
        .allSatisfy(task -> assertThat(task.loss()).isLessThan(0.05));
  }
}
