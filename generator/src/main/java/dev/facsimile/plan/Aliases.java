// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Shape;
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
 *   <li>Elementwise operators and SOFTMAX: the output takes the place of an operand of the same
 *       size that nobody reads afterwards.
 * </ul>
 */
final class Aliases {
  /** Which of the three kinds that cost address freedom are used; RESHAPE never costs any. */
  record Policy(boolean joinConcats, boolean inPlace) {}

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
      } else if (policy.inPlace() && ReadWriteDistance.allowsInPlace(op)) {
        reuse(op, step);
      }
    }
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
