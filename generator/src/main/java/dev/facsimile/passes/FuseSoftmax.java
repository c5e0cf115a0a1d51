// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.facts.Consumers;
import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import java.util.List;
import java.util.Optional;

/**
 * Recognises a softmax over the innermost axis that was spelt out. Float graphs only.
 *
 * <pre>
 *   m = REDUCE_MAX(x)
 *   e = EXP(SUB(x, m))      -&gt;   y = SOFTMAX(x)
 *   s = SUM(e)
 *   y = DIV(e, s)
 * </pre>
 *
 * <p>Also without the subtraction of the maximum. The parts stay where something else reads them.
 *
 * <p>Changes numerics: up to float rounding; without the maximum, large inputs no longer overflow.
 */
public final class FuseSoftmax implements GraphPass {

  @Override
  public Optional<Graph> apply(Graph graph) {
    Consumers consumers = Consumers.of(graph);
    GraphEdit edit = new GraphEdit(graph);
    for (Op op : graph.ops()) {
      logits(graph, consumers, op)
          .ifPresent(input -> edit.replace(op, new Softmax(input, op.output(), 1f)));
    }
    return edit.isEmpty() ? Optional.empty() : Optional.of(edit.apply());
  }

  /** What the softmax that ends in {@code op} is taken of. */
  private static Optional<TensorId> logits(Graph graph, Consumers consumers, Op op) {
    if (op instanceof Binary division
        && isPlain(division, Binary.Kind.DIV)
        && graph.tensor(op.output()).type() == DType.FLOAT32
        && consumers.producer(division.a()).orElse(null) instanceof Unary exponential
        && exponential.function() == Unary.Kind.EXP
        && isReduction(graph, consumers, division.b(), Reduce.Kind.SUM, division.a())) {
      return Optional.of(beforeMaximum(graph, consumers, exponential.input()));
    }
    return Optional.empty();
  }

  /** x where the tensor is x - max(x), else the tensor itself. */
  private static TensorId beforeMaximum(Graph graph, Consumers consumers, TensorId shifted) {
    return consumers.producer(shifted).orElse(null) instanceof Binary difference
            && isPlain(difference, Binary.Kind.SUB)
            && isReduction(graph, consumers, difference.b(), Reduce.Kind.REDUCE_MAX, difference.a())
        ? difference.a()
        : shifted;
  }

  private static boolean isPlain(Binary op, Binary.Kind function) {
    return op.function() == function && op.activation() == Activation.NONE;
  }

  private static boolean isReduction(
      Graph graph, Consumers consumers, TensorId tensor, Reduce.Kind function, TensorId of) {
    int innermost = graph.tensor(of).shape().rank() - 1;
    return consumers.producer(tensor).orElse(null) instanceof Reduce reduce
        && reduce.function() == function
        && reduce.input().equals(of)
        && reduce.keepDims()
        && reduce.axes().equals(List.of(innermost));
  }
}
