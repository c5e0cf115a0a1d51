// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Slice;
import dev.facsimile.graph.StridedView;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which tensors share memory because it saves a copy or a buffer.
 *
 * <ul>
 *   <li>RESHAPE: the output is the input.
 *   <li>CONCATENATION whose slots are contiguous (all dimensions before the axis are 1): the inputs
 *       are written straight into the output, except inputs of the network, constants, and tensors
 *       that already lie in another buffer.
 *   <li>STRIDED_SLICE of elements that lie one behind the other: the output is a part of the input.
 *   <li>Elementwise operators and SOFTMAX: the output takes the place of an operand of the same
 *       size that nobody reads afterwards.
 * </ul>
 */
final class Aliases {
  /** Which of the kinds that cost address freedom are used; RESHAPE never costs any. */
  record Policy(boolean joinConcats, boolean inPlace, boolean shareParts) {}

  private record Parent(TensorId tensor, int offset) {}

  private final Graph graph;
  private final Lifetimes lifetimes;
  private final SortedMap<TensorId, Parent> parents = new TreeMap<>();
  private final SortedMap<TensorId, List<TensorId>> members = new TreeMap<>();
  private final Set<TensorId> inputs = new TreeSet<>();

  Aliases(Graph graph, Lifetimes lifetimes, Policy policy) {
    this.graph = graph;
    this.lifetimes = lifetimes;
    graph.inputs().stream().map(Port::tensor).forEach(inputs::add);
    lifetimes.spans().keySet().forEach(id -> members.put(id, new ArrayList<>(List.of(id))));
    for (int step = 0; step < graph.ops().size(); step++) {
      Op op = graph.ops().get(step);
      if (op instanceof Reshape reshape && isActivation(reshape.input())) {
        attach(reshape.output(), reshape.input(), 0);
      } else if (op instanceof Concat concat && policy.joinConcats()) {
        join(concat);
      } else if (op instanceof Slice slice && policy.shareParts() && isPart(slice)) {
        StridedView view = StridedView.of(graph, op).orElseThrow();
        attach(op.output(), slice.input(), view.begin() * graph.tensor(op.output()).type().bytes());
      } else if (policy.inPlace() && ReadWriteDistance.allowsInPlace(op)) {
        reuse(op, step);
      }
    }
  }

  /** Every choice that makes a difference for this graph; the first of equals is preferred. */
  static List<Policy> policies(Graph graph) {
    boolean hasParts =
        graph.ops().stream()
            .anyMatch(op -> op instanceof Slice slice && isContiguous(graph, slice));
    List<Policy> policies = new ArrayList<>();
    for (boolean shareParts : hasParts ? new boolean[] {true, false} : new boolean[] {false}) {
      for (boolean joinConcats : new boolean[] {true, false}) {
        for (boolean inPlace : new boolean[] {true, false}) {
          policies.add(new Policy(joinConcats, inPlace, shareParts));
        }
      }
    }
    return policies;
  }

  private boolean isActivation(TensorId id) {
    return members.containsKey(id);
  }

  private void attach(TensorId child, TensorId parent, int offset) {
    TensorId root = root(parent);
    parents.put(child, new Parent(parent, offset));
    members.get(root).addAll(members.get(child));
  }

  private void join(Concat concat) {
    if (!isContiguous(graph, concat)) {
      return;
    }
    int offset = 0;
    for (TensorId input : concat.inputs()) {
      Tensor tensor = graph.tensor(input);
      if (isActivation(input) && isMovable(input)) {
        attach(root(input), concat.output(), offset);
      }
      offset += tensor.bytes();
    }
  }

  private boolean isPart(Slice slice) {
    return isActivation(slice.input()) && isContiguous(graph, slice);
  }

  private boolean isMovable(TensorId input) {
    TensorId root = root(input);
    return offsetInRoot(input) == 0
        && graph.tensor(root).bytes() == graph.tensor(input).bytes()
        && members.get(root).stream().noneMatch(inputs::contains);
  }

  private void reuse(Op op, int step) {
    Tensor output = graph.tensor(op.output());
    for (TensorId operand : op.inputs()) {
      if (isActivation(operand)
          && graph.tensor(operand).bytes() == output.bytes()
          && graph.tensor(operand).shape().equals(output.shape())
          && members.get(root(operand)).stream()
              .allMatch(member -> lifetimes.of(member).last() <= step)
          && noOtherOperandOverlaps(op, operand)) {
        attach(op.output(), operand, 0);
        return;
      }
    }
  }

  /** Two operands in one buffer: writing the output over one might change the other. */
  private boolean noOtherOperandOverlaps(Op op, TensorId reused) {
    return op.inputs().stream()
        .filter(other -> !other.equals(reused) && isActivation(other))
        .noneMatch(other -> root(other).equals(root(reused)));
  }

  /** Whether each input of the concatenation is one run of bytes in its output. */
  static boolean isContiguous(Graph graph, Concat concat) {
    Shape shape = graph.tensor(concat.output()).shape();
    return concat.activation() == Activation.NONE
        && shape.dims().subList(0, concat.axis()).stream().allMatch(dim -> dim == 1);
  }

  /** Whether the slice is one run of bytes of its input. */
  static boolean isContiguous(Graph graph, Slice slice) {
    return StridedView.of(graph, slice).filter(StridedView::isContiguous).isPresent();
  }

  /** Whether the output lies where its elements lie in the input. */
  static boolean isPart(Graph graph, Slot input, Slot output, Op op) {
    StridedView view = StridedView.of(graph, op).orElseThrow();
    int begin = view.begin() * graph.tensor(op.output()).type().bytes();
    return view.isContiguous() && output.offset() == input.offset() + begin;
  }

  /** The tensor whose buffer holds this one. */
  TensorId root(TensorId id) {
    Parent parent = parents.get(id);
    return parent == null ? id : root(parent.tensor());
  }

  /** Where in its root's buffer the tensor begins. */
  int offsetInRoot(TensorId id) {
    Parent parent = parents.get(id);
    return parent == null ? 0 : parent.offset() + offsetInRoot(parent.tensor());
  }

  /** The tensors in the buffer of this root, itself included. */
  List<TensorId> members(TensorId root) {
    return members.get(root);
  }

  /** Tensors that own a buffer, in the order of their ids. */
  List<TensorId> roots() {
    return lifetimes.spans().keySet().stream().filter(id -> !parents.containsKey(id)).toList();
  }
}
