// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.dataset.Dataset;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.interpret.FloatInterpreter;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.interpret.ParallelRunner;
import java.util.ArrayList;
import java.util.List;

/** Runs the float and the integer network over a data set and sets their answers side by side. */
final class NetworkComparison {
  private NetworkComparison() {}

  /** Answers for each task, in the network's order. */
  static List<TaskAnswers> run(
      Network floatNetwork,
      Network integerNetwork,
      Dataset dataset,
      int threads,
      Progress progress) {
    FloatInterpreter interpreter = new FloatInterpreter(floatNetwork.graph());
    List<List<float[]>> floatOutputs =
        new ParallelRunner(threads)
            .map(
                dataset.size(),
                interpreter::fork,
                (worker, example) -> worker.run(dataset.tensors(example)),
                done -> progress.advanced("running the float network", done, dataset.size()));
    return run(floatNetwork, floatOutputs, integerNetwork, dataset, threads, progress);
  }

  /** As above, where the float network's outputs are known already. */
  static List<TaskAnswers> run(
      Network floatNetwork,
      List<List<float[]>> floatOutputs,
      Network integerNetwork,
      Dataset dataset,
      int threads,
      Progress progress) {
    Graph graph = integerNetwork.graph();
    IntegerInterpreter interpreter = new IntegerInterpreter(graph);
    IntegerInputs inputs = IntegerInputs.of(dataset, integerNetwork);
    List<List<byte[]>> codes =
        new ParallelRunner(threads)
            .map(
                dataset.size(),
                interpreter::fork,
                (worker, example) -> worker.run(inputs.codes(example, graph)),
                done -> progress.advanced("running the integer network", done, dataset.size()));
    List<TaskOutput> floatTasks = TaskOutput.of(floatNetwork);
    List<TaskOutput> integerTasks = TaskOutput.of(integerNetwork);
    List<TaskLoss> losses = TaskLoss.of(floatNetwork, floatOutputs);
    List<TaskAnswers> answers = new ArrayList<>();
    for (int t = 0; t < floatTasks.size(); t++) {
      answers.add(
          new TaskAnswers(
              floatTasks.get(t),
              integerTasks.get(t),
              dataset,
              floatOutputs,
              codes,
              loss(losses.get(t), integerTasks.get(t), graph, codes)));
    }
    return answers;
  }

  private static double loss(
      TaskLoss loss, TaskOutput output, Graph graph, List<List<byte[]>> codes) {
    double[] errors = new double[codes.size()];
    for (int i = 0; i < errors.length; i++) {
      errors[i] =
          loss.squaredError(
              i, output, graph.tensor(output.tensor()), codes.get(i).get(output.port()));
    }
    return loss.of(errors);
  }
}
