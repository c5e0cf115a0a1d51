// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.report;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a compilation did, in plain numbers and names: what {@link HtmlReport} shows. Names come
 * from model files and may hold any text. A figure that does not apply or is not known is NaN; a
 * limit that does not exist is 0.
 *
 * @param model the user's name of the network
 * @param target its name, as the command line takes it
 * @param options what the user asked for, by name
 * @param notes what calibration applied, in order
 * @param examples size of the calibration set; 0 for a network that came in integers
 * @param blocks every activation's place in the arena
 */
public record CompilationReport(
    String toolVersion,
    String model,
    String modelSha256,
    String target,
    SortedMap<String, String> options,
    Sizes sizes,
    List<TaskRow> tasks,
    List<String> notes,
    int examples,
    List<LayerRow> layers,
    List<Block> blocks) {

  /**
   * Sizes in bytes, known before any C is compiled.
   *
   * @param arena RAM for activations
   * @param arenaLowerBound no placement of these operators in this order needs less
   * @param context RAM the caller provides
   * @param constants flash for weights, biases, multipliers and tables
   * @param ram of the target
   * @param flash of the target
   * @param macsBefore multiply-accumulates of the network as it came
   * @param macs of the one that is generated
   */
  public record Sizes(
      long arena,
      long arenaLowerBound,
      long context,
      long constants,
      long ram,
      long flash,
      long macsBefore,
      long macs) {}

  /**
   * One task.
   *
   * @param kind occurrence, intensity, classes, regression
   * @param scale of the task's own output
   * @param origin where the output's range comes from
   * @param conventionalLoss noise over signal of the output with conventional ranges
   * @param loss the same as calibrated
   * @param threshold as a probability, from tasks.yaml
   * @param thresholdCode smallest integer code that counts as present
   * @param f1Nominal of the integer network with the threshold of tasks.yaml
   * @param f1Tuned of the integer network with the tuned threshold
   */
  public record TaskRow(
      String name,
      String kind,
      double scale,
      int zeroPoint,
      String origin,
      double conventionalLoss,
      double loss,
      double threshold,
      double thresholdCode,
      double f1Float,
      double f1Nominal,
      double f1Tuned,
      double aucFloat,
      double aucInteger,
      double positiveRateFloat,
      double positiveRateTuned,
      double agreement) {}

  /**
   * One layer.
   *
   * @param operator CONV_2D
   * @param tensor name of what it writes
   * @param shape of what it writes
   * @param constants bytes of flash no earlier layer uses
   * @param live bytes of the arena that hold something while it runs
   */
  public record LayerRow(
      String name,
      String operator,
      String tensor,
      String shape,
      long macs,
      long constants,
      long input,
      long output,
      long live) {}

  /**
   * A place in the arena, bytes {@code [offset, offset + bytes)}.
   *
   * @param first index of the layer from which on it is occupied; -1 for inputs
   * @param last index of the last layer it is occupied at; the number of layers for outputs
   */
  public record Block(String tensor, long offset, long bytes, int first, int last) {}

  public CompilationReport {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    tasks = List.copyOf(tasks);
    notes = List.copyOf(notes);
    layers = List.copyOf(layers);
    blocks = List.copyOf(blocks);
  }
}
