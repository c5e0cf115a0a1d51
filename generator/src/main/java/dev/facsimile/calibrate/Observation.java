// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.dataset.Dataset;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.interpret.FloatInterpreter;
import dev.facsimile.interpret.ParallelRunner;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * One pass of the float network over a data set: what values its tensors took, and its outputs.
 * Memory is one histogram a tensor and thread, and the outputs.
 */
final class Observation {
  private final SortedMap<TensorId, ValueHistogram> histograms;
  private final double[] states;
  private final List<List<float[]>> outputs;

  private Observation(
      SortedMap<TensorId, ValueHistogram> histograms,
      double[] states,
      List<List<float[]>> outputs) {
    this.histograms = histograms;
    this.states = states;
    this.outputs = outputs;
  }

  /**
   * Runs the network over all examples.
   *
   * @param tensors activations whose values are wanted
   * @param counted which examples' values are counted; outputs are kept of all
   * @throws FacsimileException VALUE_NOT_FINITE for every tensor that took such a value
   */
  static Observation of(
      Graph graph,
      Dataset dataset,
      SortedSet<TensorId> tensors,
      IntPredicate counted,
      ParallelRunner runner,
      IntConsumer progress) {
    FloatInterpreter interpreter = new FloatInterpreter(graph);
    List<Observer> observers = Collections.synchronizedList(new ArrayList<>());
    List<List<float[]>> outputs =
        runner.map(
            dataset.size(),
            () -> {
              Observer observer = new Observer(interpreter.fork(), tensors);
              observers.add(observer);
              return observer;
            },
            (observer, example) -> observer.run(dataset.tensors(example), counted.test(example)),
            progress);
    SortedMap<TensorId, ValueHistogram> histograms = new TreeMap<>();
    for (TensorId tensor : tensors) {
      ValueHistogram all = new ValueHistogram();
      observers.forEach(observer -> all.merge(observer.histograms.get(tensor)));
      histograms.put(tensor, all);
    }
    requireFinite(graph, histograms);
    double[] states = new double[graph.ops().size()];
    observers.forEach(
        observer -> Arrays.setAll(states, op -> Math.max(states[op], observer.states[op])));
    return new Observation(histograms, states, outputs);
  }

  private static void requireFinite(Graph graph, SortedMap<TensorId, ValueHistogram> histograms) {
    List<Diagnostic> problems = new ArrayList<>();
    histograms.forEach(
        (id, histogram) -> {
          if (histogram.notFinite() > 0) {
            Tensor tensor = graph.tensor(id);
            problems.add(
                Diagnostic.error(
                    DiagnosticCode.VALUE_NOT_FINITE,
                    new ModelLocation(tensor.sourceOperator(), "", tensor.name()),
                    "it became infinite or NaN in %d places on the calibration set"
                        .formatted(histogram.notFinite()),
                    "check that tasks.yaml describes the input as in training"));
          }
        });
    if (!problems.isEmpty()) {
      throw new FacsimileException(problems);
    }
  }

  private static final class Observer {
    private final FloatInterpreter interpreter;
    private final SortedMap<TensorId, ValueHistogram> histograms = new TreeMap<>();
    private final double[] states;

    Observer(FloatInterpreter interpreter, SortedSet<TensorId> tensors) {
      this.interpreter = interpreter;
      this.states = new double[interpreter.graph().ops().size()];
      tensors.forEach(tensor -> histograms.put(tensor, new ValueHistogram()));
    }

    List<float[]> run(List<float[]> inputs, boolean counted) {
      if (!counted) {
        return interpreter.run(inputs);
      }
      List<Port> ports = interpreter.graph().inputs();
      for (int i = 0; i < ports.size(); i++) {
        add(ports.get(i).tensor(), inputs.get(i));
      }
      return interpreter.run(
          inputs,
          (operator, tensor, contents) -> {
            add(tensor.id(), contents);
            states[operator] = Math.max(states[operator], interpreter.largestState(operator));
          });
    }

    private void add(TensorId tensor, float[] contents) {
      ValueHistogram histogram = histograms.get(tensor);
      if (histogram != null) {
        histogram.add(contents);
      }
    }
  }

  /** The largest magnitude that a state within an operator took; 0 where it has none. */
  double largestState(int operator) {
    return states[operator];
  }

  ValueHistogram histogram(TensorId tensor) {
    return histograms.get(tensor);
  }

  /** The network's outputs for each example; one array for each port. */
  List<List<float[]>> outputs() {
    return outputs;
  }
}
