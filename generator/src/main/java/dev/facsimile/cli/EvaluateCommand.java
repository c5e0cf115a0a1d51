// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.Compilation;
import dev.facsimile.CompilationRequest;
import dev.facsimile.ModelFile;
import dev.facsimile.Quantized;
import dev.facsimile.calibrate.CalibrationOptions;
import dev.facsimile.calibrate.Evaluation;
import dev.facsimile.dataset.Dataset;
import dev.facsimile.target.Targets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code facsimile evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Compares the float network with the integer network that 'generate' makes of it, task by",
      "task, on labelled examples that calibration has not seen."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  facsimile evaluate au12.tflite --tasks tasks.yaml --calibration calibration.npz \\",
      "    --data test.npz"
    })
final class EvaluateCommand implements Callable<Integer> {
  /** Other noise than calibration's. */
  private static final long EVALUATION_SEED = 2;

  private final Console console;

  @Mixin private ModelArguments model;
  @Mixin private ExampleArguments calibration;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      required = true,
      description = "Examples to evaluate on: an .npz file, a folder of images, noise:256.")
  private String data;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ModelFile file = model.read(console);
    Dataset test = ExampleArguments.open(data, EVALUATION_SEED, file);
    CompilationRequest request =
        new CompilationRequest(
            file,
            Targets.load().find("host"),
            calibration.open(file),
            CalibrationOptions.usual(),
            1);
    Evaluation evaluation = evaluate(request, test);
    console.print(
        json
            ? Json.of(EvaluationText.forMachines(evaluation)) + "\n"
            : EvaluationText.of(evaluation));
    return 0;
  }

  private Evaluation evaluate(CompilationRequest request, Dataset test) {
    try (ProgressLine progress = new ProgressLine(console)) {
      Quantized quantized =
          new Compilation(request, (pass, before, after) -> {}, progress).quantized();
      return quantized.evaluate(test, progress);
    }
  }
}
