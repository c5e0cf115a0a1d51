// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.facts.ConstantValues;
import dev.facsimile.facts.Consumers;
import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recognises a leaky rectifier that was spelt out, as TOCO writes Keras' PReLU. Float graphs only.
 *
 * <pre>
 *   p = RELU(x)
 *   n = NEG(RELU(NEG(x)))     -&gt;   y = PRELU(x, alpha)
 *   y = ADD(p, MUL(alpha, n))
 * </pre>
 *
 * <p>The negative branch may be any chain of MUL with constants and NEG over RELU(NEG(x)) or
 * RELU(-1 * x), and the sum an ADD in either order or a SUB. One slope for all elements gives
 * LEAKY_RELU.
 *
 * <p>Preserves: bit-exact output, up to the sign of zero, where the chain has one constant besides
 * signs; with more, up to float rounding.
 */
public final class FusePRelu implements GraphPass {

  @Override
  public Optional<Graph> apply(Graph graph) {
    return GraphEdit.untilStable(graph, FusePRelu::fuseFirst);
  }

  private static Optional<Graph> fuseFirst(Graph graph) {
    Consumers consumers = Consumers.of(graph);
    for (Op op : graph.ops()) {
      if (op instanceof Binary sum
          && sum.activation() == Activation.NONE
          && graph.tensor(sum.output()).type() == DType.FLOAT32) {
        Optional<Graph> fused =
            fuse(graph, consumers, sum, sum.a(), sum.b())
                .or(
                    () ->
                        sum.function() == Binary.Kind.ADD
                            ? fuse(graph, consumers, sum, sum.b(), sum.a())
                            : Optional.empty());
        if (fused.isPresent()) {
          return fused;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Graph> fuse(
      Graph graph, Consumers consumers, Binary sum, TensorId positive, TensorId negative) {
    boolean adds = sum.function() == Binary.Kind.ADD;
    if ((!adds && sum.function() != Binary.Kind.SUB)
        || !(consumers.producer(positive).orElse(null) instanceof Unary relu)
        || relu.function() != Unary.Kind.RELU) {
      return Optional.empty();
    }
    return negativePart(graph, consumers, negative)
        .filter(part -> part.input().equals(relu.input()))
        .filter(part -> fits(graph, part, sum))
        .map(part -> rewrite(graph, sum, adds ? part : part.times(-1)));
  }

  private static boolean fits(Graph graph, NegativePart part, Binary sum) {
    Shape input = graph.tensor(part.input()).shape();
    Shape output = graph.tensor(sum.output()).shape();
    return input.equals(output) && part.shape().rank() <= input.rank();
  }

  private static Graph rewrite(Graph graph, Binary sum, NegativePart part) {
    GraphEdit edit = new GraphEdit(graph);
    float first = part.alpha().get(0);
    if (part.alpha().stream().allMatch(slope -> slope == first)) {
      edit.replace(sum, new Unary(Unary.Kind.LEAKY_RELU, part.input(), sum.output(), first));
    } else {
      TensorId alpha = edit.addFloats(part.name(), part.shape(), part.slopes());
      edit.replace(sum, new PRelu(part.input(), alpha, sum.output()));
    }
    return edit.apply();
  }

  /** alpha * min(input, 0). */
  private record NegativePart(TensorId input, String name, Shape shape, List<Float> alpha) {
    NegativePart times(float factor) {
      return new NegativePart(
          input, name, shape, alpha.stream().map(slope -> slope * factor).toList());
    }

    /** Empty where neither factor is a single number: broadcasting two vectors is not needed. */
    Optional<NegativePart> times(String newName, Shape newShape, List<Float> factors) {
      if (factors.size() == 1) {
        return Optional.of(times(factors.get(0)));
      }
      return alpha.size() == 1
          ? Optional.of(new NegativePart(input, newName, newShape, factors).times(alpha.get(0)))
          : Optional.empty();
    }

    float[] slopes() {
      float[] slopes = new float[alpha.size()];
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = alpha.get(i);
      }
      return slopes;
    }
  }

  private static Optional<NegativePart> negativePart(
      Graph graph, Consumers consumers, TensorId tensor) {
    Op producer = consumers.producer(tensor).orElse(null);
    if (producer instanceof Unary unary && unary.function() == Unary.Kind.RELU) {
      return negated(graph, consumers, unary.input())
          .map(input -> new NegativePart(input, "", Shape.of(1), List.of(-1f)));
    }
    if (producer instanceof Unary unary && unary.function() == Unary.Kind.NEG) {
      return negativePart(graph, consumers, unary.input()).map(part -> part.times(-1f));
    }
    if (producer instanceof Binary product
        && product.function() == Binary.Kind.MUL
        && product.activation() == Activation.NONE) {
      return scaledPart(graph, consumers, product.a(), product.b())
          .or(() -> scaledPart(graph, consumers, product.b(), product.a()));
    }
    return Optional.empty();
  }

  private static Optional<NegativePart> scaledPart(
      Graph graph, Consumers consumers, TensorId constant, TensorId scaled) {
    if (!graph.tensor(constant).isConstant()) {
      return Optional.empty();
    }
    String name = graph.tensor(constant).name();
    Shape shape = graph.tensor(constant).shape();
    List<Float> factors = new ArrayList<>();
    for (double factor : ConstantValues.reals(graph.tensor(constant))) {
      factors.add((float) factor);
    }
    return negativePart(graph, consumers, scaled).flatMap(part -> part.times(name, shape, factors));
  }

  /** x where the tensor is NEG(x) or -1 * x. */
  private static Optional<TensorId> negated(Graph graph, Consumers consumers, TensorId tensor) {
    Op producer = consumers.producer(tensor).orElse(null);
    if (producer instanceof Unary unary && unary.function() == Unary.Kind.NEG) {
      return Optional.of(unary.input());
    }
    if (producer instanceof Binary product
        && product.function() == Binary.Kind.MUL
        && product.activation() == Activation.NONE) {
      ConstantValues constants = ConstantValues.of(graph);
      if (constants.isAll(product.a(), -1)) {
        return Optional.of(product.b());
      }
      if (constants.isAll(product.b(), -1)) {
        return Optional.of(product.a());
      }
    }
    return Optional.empty();
  }
}
