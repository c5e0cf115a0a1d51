// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.util.List;

/**
 * The tables behind the accessors of tasks, each in lines of initialisers, one entry a task.
 *
 * @param count number of tasks
 * @param offsets arena offset of each task's first channel
 * @param hasOccurrences whether any task is an occurrence
 * @param thresholds smallest code that counts as present; for never one more than the largest code
 * @param probabilities distinct tables from code to probability
 * @param probabilityOfTask name of each task's table, or 0
 * @param hasValues whether any task is an intensity or a regression
 * @param scales of each task's output in 2^-32
 * @param zeroPoints of each task's output
 * @param hasClasses whether any task is one of classes
 * @param channels of each task
 * @param hasMaps whether any task has values at several positions
 * @param positions of each task, 1 but for maps
 * @param strides codes from one position of a task to the next
 * @param hasIndices whether the network finds any task's class itself
 * @param indices of each task, 1 where its output is the class and not a value for each class
 * @param hasWide whether any task's codes are int16
 * @param widths bytes of a code of each task
 * @param thresholdType C type of a threshold
 */
public record TaskTables(
    int count,
    List<String> offsets,
    boolean hasOccurrences,
    List<String> thresholds,
    List<Table> probabilities,
    List<String> probabilityOfTask,
    boolean hasValues,
    List<String> scales,
    List<String> zeroPoints,
    boolean hasClasses,
    List<String> channels,
    boolean hasMaps,
    List<String> positions,
    List<String> strides,
    boolean hasIndices,
    List<String> indices,
    boolean hasWide,
    List<String> widths,
    String thresholdType) {

  /**
   * A named constant array.
   *
   * @param name C identifier
   * @param entries its length
   * @param lines initialisers
   */
  public record Table(String name, int entries, List<String> lines) {}

  public boolean hasTasks() {
    return count > 0;
  }
}
