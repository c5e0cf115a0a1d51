// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.util.List;

/**
 * What templates/network/header.h.vm prints.
 *
 * @param title what the network is, one line
 * @param prefix of functions and types: au12
 * @param macro prefix of macros and constants: AU12
 * @param macs multiply-accumulates of an inference: 1,234,567
 * @param arenaBytes size of the arena
 * @param constantBytes of weights and tables: 123,456
 * @param alignment of the arena in bytes
 * @param layerCount calls of the layer hook in an inference
 * @param taskCount number of {@code tasks}
 * @param taskCodes the codes of tasks: int8 code (-128 .. 127)
 * @param taskThresholds their thresholds, and the one for never: -128 .. 128; 128
 * @param thresholdType C type of a threshold
 * @param image how pixels become codes; only where {@code hasImage}
 */
public record HeaderFile(
    Banner banner,
    String title,
    String prefix,
    String macro,
    String macs,
    int arenaBytes,
    String constantBytes,
    int alignment,
    int layerCount,
    List<PortText> inputs,
    List<PortText> outputs,
    List<TaskText> tasks,
    int taskCount,
    boolean hasOccurrences,
    boolean hasValues,
    boolean hasClasses,
    boolean hasMaps,
    boolean hasImage,
    String taskCodes,
    String taskThresholds,
    String thresholdType,
    ImageText image) {

  public boolean hasTasks() {
    return taskCount > 0;
  }
}
