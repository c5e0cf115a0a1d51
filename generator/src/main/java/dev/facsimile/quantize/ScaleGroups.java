// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.facts.Consumers;
import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Gather;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.L2Normalization;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Pad;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Resize;
import dev.facsimile.graph.Slice;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Transpose;
import dev.facsimile.graph.Unary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The activations of a float graph, in groups that must share scale and zero point: TensorFlow Lite
 * pools, pads, resizes, reshapes and concatenates int8 codes as they are. A concatenation takes its
 * inputs into its group only where nobody else reads them; another input keeps its scale, and the
 * quantizer puts a QUANTIZE between.
 */
public final class ScaleGroups {

  /** What int16 LOGISTIC, SOFTMAX and TANH give: steps of 1/32768. */
  public static final Quantization.PerTensor WIDE_PROBABILITY =
      new Quantization.PerTensor(0x1p-15f, 0);

  /** What LOGISTIC and SOFTMAX give: probabilities in steps of 1/256. */
  public static final Quantization.PerTensor PROBABILITY =
      new Quantization.PerTensor(1f / 256, -128);

  /** What TANH and L2_NORMALIZATION give. */
  public static final Quantization.PerTensor SIGNED_UNIT = new Quantization.PerTensor(1f / 128, 0);

  /**
   * Tensors of one scale.
   *
   * @param index position in {@link #groups()}
   * @param members in the order in which they are computed
   * @param representative the member whose observed values decide the range
   * @param fixed the quantization, where the operator that writes the group or the input's coding
   *     prescribes it
   */
  public record Group(
      int index,
      List<TensorId> members,
      TensorId representative,
      Optional<Quantization.PerTensor> fixed) {
    public Group {
      members = List.copyOf(members);
    }
  }

  private final DType type;
  private final List<Group> groups;
  private final Map<TensorId, Group> byTensor = new TreeMap<>();

  private ScaleGroups(DType type, List<Group> groups) {
    this.type = type;
    this.groups = List.copyOf(groups);
    groups.forEach(group -> group.members().forEach(member -> byTensor.put(member, group)));
  }

  /** As {@link #of(Graph, Map, DType)}, for int8 activations. */
  public static ScaleGroups of(Graph graph, Map<TensorId, Quantization.PerTensor> prescribed) {
    return of(graph, prescribed, DType.INT8);
  }

  /**
   * Groups the activations.
   *
   * @param type of the integer activations: int8 or int16
   * @param prescribed quantization of inputs whose codes are given, images for instance
   */
  public static ScaleGroups of(
      Graph graph, Map<TensorId, Quantization.PerTensor> prescribed, DType type) {
    return new Builder(graph, prescribed, type).build();
  }

  /** All groups, in the order in which their first member is computed. */
  public List<Group> groups() {
    return groups;
  }

  public Group of(TensorId activation) {
    Group group = byTensor.get(activation);
    if (group == null) {
      throw new IllegalArgumentException(activation + " is not an activation of this graph");
    }
    return group;
  }

  /**
   * The quantization of every activation.
   *
   * @param ranges one for each group; those of fixed groups are ignored
   */
  public Map<TensorId, Quantization.PerTensor> quantizations(List<ValueRange> ranges) {
    Map<TensorId, Quantization.PerTensor> result = new TreeMap<>();
    for (Group group : groups) {
      Quantization.PerTensor quantization =
          group.fixed().orElseGet(() -> ranges.get(group.index()).toQuantization(type));
      group.members().forEach(member -> result.put(member, quantization));
    }
    return result;
  }

  /** Whether the operator leaves codes as they are, so that its output has its input's scale. */
  static boolean keepsScale(Op op) {
    return op instanceof Pool2d
        || op instanceof Resize
        || op instanceof Pad
        || op instanceof Reshape
        || op instanceof Transpose
        || op instanceof Slice
        || op instanceof Gather
        || isExtremum(op)
        || op instanceof Concat;
  }

  private static boolean isExtremum(Op op) {
    return (op instanceof Pool2d pool && pool.function() == Pool2d.Kind.MAX_POOL_2D)
        || (op instanceof Reduce reduce && reduce.function().selects());
  }

  private static final class Builder {
    private final Graph graph;
    private final DType type;
    private final Consumers consumers;
    private final Map<TensorId, List<TensorId>> members = new TreeMap<>();
    private final Map<TensorId, TensorId> leaders = new TreeMap<>();
    private final Map<TensorId, Quantization.PerTensor> fixed;

    Builder(Graph graph, Map<TensorId, Quantization.PerTensor> prescribed, DType type) {
      this.type = type;
      this.graph = graph;
      this.consumers = Consumers.of(graph);
      this.fixed = new TreeMap<>(prescribed);
    }

    ScaleGroups build() {
      for (Port input : graph.inputs()) {
        open(input.tensor());
      }
      for (Op op : graph.ops()) {
        open(op.output());
        prescribed(op).ifPresent(quantization -> fixed.put(op.output(), quantization));
        if (op instanceof Concat concat) {
          join(concat);
        } else if (keepsScale(op) && !graph.tensor(op.inputs().get(0)).isConstant()) {
          unite(op.inputs().get(0), op.output());
        }
      }
      List<Group> groups = new ArrayList<>();
      for (TensorId leader : orderOfComputation()) {
        List<TensorId> group = members.get(leader);
        groups.add(
            new Group(
                groups.size(),
                group,
                representative(group),
                Optional.ofNullable(fixed.get(leader))));
      }
      return new ScaleGroups(type, groups);
    }

    private void open(TensorId tensor) {
      leaders.put(tensor, tensor);
      members.put(tensor, new ArrayList<>(List.of(tensor)));
    }

    private Optional<Quantization.PerTensor> prescribed(Op op) {
      if (op instanceof ArgMax) {
        return Optional.of(Quantization.PerTensor.IDENTITY);
      }
      if (type == DType.INT16) {
        return op instanceof Softmax
                || (op instanceof Unary unary
                    && (unary.function() == Unary.Kind.LOGISTIC
                        || unary.function() == Unary.Kind.TANH))
            ? Optional.of(WIDE_PROBABILITY)
            : Optional.empty();
      }
      if (op instanceof Softmax
          || (op instanceof Unary unary && unary.function() == Unary.Kind.LOGISTIC)) {
        return Optional.of(PROBABILITY);
      }
      return op instanceof L2Normalization
              || (op instanceof Unary unary && unary.function() == Unary.Kind.TANH)
          ? Optional.of(SIGNED_UNIT)
          : Optional.empty();
    }

    private void join(Concat concat) {
      List<TensorId> inputs =
          concat.inputs().stream().filter(id -> !graph.tensor(id).isConstant()).toList();
      Optional<Quantization.PerTensor> common = commonFixed(inputs);
      for (TensorId input : inputs) {
        Quantization.PerTensor own = fixed.get(leader(input));
        boolean agrees = own == null ? common.isEmpty() : common.isPresent();
        if (agrees && (own != null || isPrivate(input, concat.output()))) {
          unite(input, concat.output());
        }
      }
    }

    /** The fixed quantization that all inputs have; empty where they differ or one has none. */
    private Optional<Quantization.PerTensor> commonFixed(List<TensorId> inputs) {
      List<Optional<Quantization.PerTensor>> distinct =
          inputs.stream().map(id -> Optional.ofNullable(fixed.get(leader(id)))).distinct().toList();
      return distinct.size() == 1 ? distinct.get(0) : Optional.empty();
    }

    /** Whether everything that reads the tensor's group lies in the group or writes the output. */
    private boolean isPrivate(TensorId tensor, TensorId concatOutput) {
      TensorId leader = leader(tensor);
      for (TensorId member : members.get(leader)) {
        if (consumers.isGraphInput(member) || consumers.isGraphOutput(member)) {
          return false;
        }
        for (Op reader : consumers.consumers(member)) {
          boolean inside =
              reader.output().equals(concatOutput)
                  || (keepsScale(reader) && members.get(leader).contains(reader.output()));
          if (!inside) {
            return false;
          }
        }
      }
      return true;
    }

    private TensorId leader(TensorId tensor) {
      return leaders.get(tensor);
    }

    private void unite(TensorId a, TensorId b) {
      TensorId kept = leader(a);
      TensorId lost = leader(b);
      if (kept.equals(lost)) {
        return;
      }
      members
          .remove(lost)
          .forEach(
              member -> {
                leaders.put(member, kept);
                members.get(kept).add(member);
              });
      if (fixed.containsKey(lost)) {
        fixed.putIfAbsent(kept, fixed.get(lost));
      }
    }

    private Collection<TensorId> orderOfComputation() {
      Map<Integer, TensorId> ordered = new TreeMap<>();
      for (TensorId leader : members.keySet()) {
        int first = members.get(leader).stream().mapToInt(this::step).min().orElseThrow();
        int input = portIndex(leader);
        ordered.put(first < 0 ? input - graph.inputs().size() : first, leader);
      }
      return ordered.values();
    }

    private int step(TensorId tensor) {
      return consumers.producerStep(tensor).orElse(-1);
    }

    private int portIndex(TensorId leader) {
      for (int i = 0; i < graph.inputs().size(); i++) {
        if (members.get(leader).contains(graph.inputs().get(i).tensor())) {
          return i;
        }
      }
      return -1;
    }

    /** A concatenation shows all values of its inputs; a maximum all that anybody reads. */
    private TensorId representative(List<TensorId> group) {
      for (int i = group.size() - 1; i >= 0; i--) {
        if (consumers.producer(group.get(i)).orElse(null) instanceof Concat) {
          return group.get(i);
        }
      }
      TensorId tensor = group.get(0);
      Optional<Op> reader = consumers.onlyConsumer(tensor);
      while (reader.isPresent() && isExtremum(reader.get())) {
        tensor = reader.get().output();
        reader = consumers.onlyConsumer(tensor);
      }
      return tensor;
    }
  }
}
