// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.facts.Consumers;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.StridedView;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Transpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Leaves of several changes of layout in a row the one that matters.
 *
 * <pre>
 *   TRANSPOSE that moves axes of extent 1 only             -&gt;   RESHAPE
 *   TRANSPOSE(TRANSPOSE(x))                                -&gt;   TRANSPOSE(x), or x
 *   TRANSPOSE(RESHAPE(TRANSPOSE(x))), where the RESHAPE
 *   adds and removes axes of extent 1 only                 -&gt;   RESHAPE(TRANSPOSE(RESHAPE(x)))
 * </pre>
 *
 * <p>The last shape is what exporters write around a layout that they do not know; where the two
 * transpositions undo one another, no copy remains.
 *
 * <p>Preserves: bit-exact output.
 */
public final class MergeTransposes implements GraphPass {

  @Override
  public Optional<Graph> apply(Graph graph) {
    return GraphEdit.untilStable(graph, MergeTransposes::mergeFirst)
        .map(RemoveIdentities::withoutUnread);
  }

  private static Optional<Graph> mergeFirst(Graph graph) {
    Consumers consumers = Consumers.of(graph);
    for (Op op : graph.ops()) {
      if (op instanceof Transpose transpose) {
        Optional<Graph> merged =
            keptInPlace(graph, transpose).or(() -> merged(graph, consumers, transpose));
        if (merged.isPresent()) {
          return merged;
        }
      }
    }
    return Optional.empty();
  }

  /** No element moves: only the shape changes. */
  private static Optional<Graph> keptInPlace(Graph graph, Transpose op) {
    return StridedView.of(graph, op)
        .filter(StridedView::isContiguous)
        .map(
            view -> new GraphEdit(graph).replace(op, new Reshape(op.input(), op.output())).apply());
  }

  private static Optional<Graph> merged(Graph graph, Consumers consumers, Transpose second) {
    Op before = consumers.producer(second.input()).orElse(null);
    if (before instanceof Transpose first) {
      List<Integer> order = second.permutation().stream().map(first.permutation()::get).toList();
      Op both = new Transpose(first.input(), second.output(), order);
      return Optional.of(new GraphEdit(graph).replace(second, both).apply());
    }
    if (before instanceof Reshape reshape
        && consumers.producer(reshape.input()).orElse(null) instanceof Transpose first
        && withoutOnes(graph.tensor(reshape.input()).shape())
            .equals(withoutOnes(graph.tensor(reshape.output()).shape()))) {
      return Optional.of(acrossReshape(graph, first, second));
    }
    return Optional.empty();
  }

  /** Axes of extent 1 do not matter: the others are put in order between two reshapes. */
  private static Graph acrossReshape(Graph graph, Transpose first, Transpose second) {
    Tensor source = graph.tensor(first.input());
    List<Integer> order = orderOfLongAxes(graph, first);
    List<Integer> both = orderOfLongAxes(graph, second).stream().map(order::get).toList();
    Shape squeezed = new Shape(withoutOnes(source.shape()));
    Shape moved = new Shape(both.stream().map(squeezed::dim).toList());
    GraphEdit edit = new GraphEdit(graph);
    Tensor like = graph.tensor(second.output());
    TensorId flat = edit.add(like.withShape(squeezed).withName(like.name() + "/squeezed"));
    TensorId turned = edit.add(like.withShape(moved).withName(like.name() + "/transposed"));
    return edit.replace(
            second,
            new Reshape(first.input(), flat),
            new Transpose(flat, turned, both),
            new Reshape(turned, second.output()))
        .apply();
  }

  /** The permutation among the axes longer than 1, these counted alone. */
  private static List<Integer> orderOfLongAxes(Graph graph, Transpose op) {
    Shape input = graph.tensor(op.input()).shape();
    List<Integer> longAxes = new ArrayList<>();
    for (int axis = 0; axis < input.rank(); axis++) {
      if (input.dim(axis) > 1) {
        longAxes.add(axis);
      }
    }
    return op.permutation().stream().filter(longAxes::contains).map(longAxes::indexOf).toList();
  }

  private static List<Integer> withoutOnes(Shape shape) {
    return shape.dims().stream().filter(dim -> dim > 1).toList();
  }
}
