// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import dev.facsimile.dataset.Dataset;
import dev.facsimile.dataset.DatasetReader;
import dev.facsimile.dataset.TasksFile;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Port;
import dev.facsimile.metrics.Figure;
import dev.facsimile.passes.PassPipeline;
import dev.facsimile.tflite.TfliteReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The product's main promise, on the Action Unit network that we ship. */
final class AuNetworkTest {
  private static final Path FOLDER = Path.of("..", "models", "au12-mobile");

  /** 300 images a second through both networks on two processors, busy or not. */
  private static final double SECONDS_PER_IMAGE = 2.0 / 300;

  @Test
  void noTaskLosesMoreThanAHundredthOfAuc() throws IOException {
    Path model = FOLDER.resolve("au12.tflite");
    assumeTrue(Files.exists(model), "models/au12-mobile is not there");
    Graph graph = TfliteReader.read(Files.readAllBytes(model)).graph();
    Network network =
        TasksFile.read(FOLDER.resolve("tasks.yaml"), "au12", PassPipeline.standard().run(graph));
    Dataset calibrationSet = DatasetReader.open(FOLDER.resolve("calibration.npz"), network);
    CalibrationOptions options = new CalibrationOptions(48, 1, 2);
    Calibration calibration =
        new Calibrator(calibrationSet, options, Progress.silent()).calibrate(network);

    assertThat(calibration.integerNetwork().graph().outputs())
        .as("every task has an output, and thereby a scale, of its own")
        .extracting(Port::name)
        .hasSameSizeAs(network.tasks());
    assertThat(calibration.tasks())
        .allSatisfy(
            task -> {
              assertThat(task.loss()).isLessThan(0.01);
              assertThat(task.f1Tuned()).isGreaterThan(task.f1Float() - 0.03);
            });
    Dataset testSet = DatasetReader.open(FOLDER.resolve("test.npz"), network);
    EvaluationOptions noDraws = EvaluationOptions.usual().withReplicates(0);
    long start = processorNanos();
    Evaluation evaluation = Evaluation.of(calibration, testSet, noDraws, Progress.silent());
    assertThat((processorNanos() - start) * 1e-9 / testSet.size())
        .as("processor seconds an image")
        .isLessThan(SECONDS_PER_IMAGE);
    assertThat(evaluation.tasks())
        .hasSize(12)
        .allSatisfy(task -> assertThat(task.change(Figure.AUC)).isGreaterThan(-0.01));
    RealNetworksCalibrationTest.assertSameAsTfLite(calibration.integerNetwork(), testSet);
  }

  /** Of all threads of this process: tests run one after another. */
  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
