// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Task;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.quantize.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The lines that the generated example must print for a series of images. */
public final class ExpectedDecisions {
  private static final int ON_FRAMES = 2;
  private static final int OFF_FRAMES = 4;
  private static final int CLASS_FRAMES = 3;
  private static final int TENTH = 3277;

  private final Network network;
  private final SortedMap<String, Integer> thresholds;
  private final List<List<byte[]>> outputs;

  private ExpectedDecisions(
      Network network, SortedMap<String, Integer> thresholds, List<List<byte[]>> outputs) {
    this.network = network;
    this.thresholds = thresholds;
    this.outputs = outputs;
  }

  /**
   * Runs the reference interpreter.
   *
   * @param network of integers
   * @param thresholds of every occurrence
   * @param inputs codes of every input, image by image
   */
  public static List<String> lines(
      Network network, SortedMap<String, Integer> thresholds, List<List<byte[]>> inputs) {
    IntegerInterpreter interpreter = new IntegerInterpreter(network.graph());
    List<List<byte[]>> outputs = inputs.stream().map(interpreter::run).toList();
    return new ExpectedDecisions(network, thresholds, outputs).lines();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int image = 0; image < outputs.size(); image++) {
      for (Task task : network.tasks()) {
        switch (task.kind()) {
          case OCCURRENCE -> occurrence(task, image, lines);
          case CLASSES -> winner(task, image, lines);
          case INTENSITY, REGRESSION -> values(task, image, lines);
        }
      }
      lines.add("done image=" + image);
    }
    return lines;
  }

  private void occurrence(Task task, int image, List<String> lines) {
    int[] codes = new int[image + 1];
    for (int s = 0; s <= image; s++) {
      codes[s] = codes(task, s)[task.channel()];
    }
    boolean isProbability = OutputMeaning.isProbability(graph(), port(task).tensor(), 0);
    int[] q15 = ProbabilityTable.q15(Codes.INT8, quantization(task), isProbability);
    int threshold = thresholds.get(task.name());
    int band = 0;
    while (threshold < 128
        && threshold - band - 1 >= -128
        && q15[threshold + 128] - q15[threshold - band - 1 + 128] < TENTH) {
      band++;
    }
    boolean[] present =
        HysteresisDefinition.presence(codes, threshold, band, ON_FRAMES, OFF_FRAMES);
    boolean before = image > 0 && present[image - 1];
    if (present[image] != before) {
      lines.add(
          "%s image=%d task=%s probability_q15=%d"
              .formatted(before ? "ends" : "begins", image, task.name(), q15[codes[image] + 128]));
    }
  }

  private void winner(Task task, int image, List<String> lines) {
    int[] classes = new int[image + 1];
    for (int s = 0; s <= image; s++) {
      classes[s] = largest(task, codes(task, s));
    }
    int[] shown = HysteresisDefinition.shown(classes, CLASS_FRAMES);
    if (shown[image] != (image > 0 ? shown[image - 1] : -1)) {
      lines.add("class image=%d task=%s class=%d".formatted(image, task.name(), shown[image]));
    }
  }

  private static int largest(Task task, byte[] codes) {
    int best = 0;
    for (int i = 1; i < task.channels(); i++) {
      best = codes[task.channel() + i] > codes[task.channel() + best] ? i : best;
    }
    return best;
  }

  private void values(Task task, int image, List<String> lines) {
    Quantization.PerTensor quantization = quantization(task);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < task.channels(); i++) {
      double code = codes(task, image)[task.channel() + i] - quantization.zeroPoint();
      values.add(String.valueOf(Math.round(code * quantization.scale() * 65536)));
    }
    lines.add(
        "value image=%d task=%s value_q16=%s"
            .formatted(image, task.name(), String.join(",", values)));
  }

  private Graph graph() {
    return network.graph();
  }

  private Port port(Task task) {
    return graph().outputs().stream()
        .filter(port -> port.name().equals(task.output()))
        .findFirst()
        .orElseThrow();
  }

  private Quantization.PerTensor quantization(Task task) {
    return graph().tensor(port(task).tensor()).perTensor();
  }

  private byte[] codes(Task task, int image) {
    return outputs.get(image).get(graph().outputs().indexOf(port(task)));
  }
}
