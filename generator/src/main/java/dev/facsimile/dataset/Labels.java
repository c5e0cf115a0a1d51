// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Network;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.Tensor;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each example truly shows, task by task: 0 or 1 for an occurrence, the class for classes (one
 * a position, where the output is a map), the value for an intensity, every value for a regression.
 * A label may be missing ({@link #MISSING}), and so may a whole task.
 */
public final class Labels {
  /** Stands for "nobody coded this": not a number, so that no comparison with it is ever true. */
  public static final double MISSING = Double.NaN;

  /** No labels at all. */
  public static final Labels NONE = new Labels(new TreeMap<>());

  private final SortedMap<String, Column> columns;

  private Labels(SortedMap<String, Column> columns) {
    this.columns = columns;
  }

  /** The labels of one task. */
  interface Column {
    /** Labels each example has. */
    int width();

    /** Label {@code value} of example {@code index}, {@link #MISSING} where nobody coded it. */
    double get(int index, int value);
  }

  /** One label an example, in memory. */
  private static final class OneEach implements Column {
    private final float[] values;

    OneEach(float[] values) {
      this.values = values.clone();
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public double get(int index, int value) {
      return values[index];
    }
  }

  /**
   * Labels by task name.
   *
   * @param columns one value an example, {@code Float.NaN} where missing; copied
   */
  public static Labels of(Map<String, float[]> columns) {
    TreeMap<String, Column> copy = new TreeMap<>();
    columns.forEach((task, column) -> copy.put(task, new OneEach(column)));
    return new Labels(copy);
  }

  /** These labels and those of one more task. */
  Labels with(String task, Column column) {
    TreeMap<String, Column> more = new TreeMap<>(columns);
    more.put(task, column);
    return new Labels(more);
  }

  /** The labels of some examples, in the order given. */
  Labels select(int[] examples) {
    TreeMap<String, Column> selected = new TreeMap<>();
    columns.forEach((task, column) -> selected.put(task, new Selected(column, examples)));
    return new Labels(selected);
  }

  private static final class Selected implements Column {
    private final Column all;
    private final int[] examples;

    Selected(Column all, int[] examples) {
      this.all = all;
      this.examples = examples.clone();
    }

    @Override
    public int width() {
      return all.width();
    }

    @Override
    public double get(int index, int value) {
      return all.get(examples[index], value);
    }
  }

  /**
   * Labels an example of this task has: every position of a map of classes has one, every value of
   * a regression, other tasks have one.
   */
  public static int width(Network network, Task task) {
    for (Port port : network.graph().outputs()) {
      if (port.name().equals(task.output())) {
        Tensor tensor = network.graph().tensor(port.tensor());
        int positions = tensor.shape().elements() / tensor.channels();
        return switch (task.kind()) {
          case OCCURRENCE, INTENSITY -> 1;
          case CLASSES -> positions;
          case REGRESSION -> positions * task.channels();
        };
      }
    }
    throw new IllegalArgumentException("no output '" + task.output() + "'");
  }

  /** Names of the tasks that have labels, sorted. */
  public Set<String> tasks() {
    return Collections.unmodifiableSet(columns.keySet());
  }

  public boolean has(String task) {
    return columns.containsKey(task);
  }

  /** The first label of example {@code index}, or {@link #MISSING}. */
  public double get(String task, int index) {
    return get(task, index, 0);
  }

  /**
   * A label of example {@code index}, or {@link #MISSING}.
   *
   * @param value which of the example's labels, in the order of the output's contents
   */
  public double get(String task, int index, int value) {
    Column column = columns.get(task);
    return column == null ? MISSING : column.get(index, value);
  }

  public static boolean isMissing(double label) {
    return Double.isNaN(label);
  }
}
