// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each broken pass breaks one invariant; the message names the pass and the invariant. */
final class PassPipelineTest {
  private static final Graph GRAPH =
      GraphChain.graph()
          .input("x", 0.05f, 3, 1, 6, 6, 3)
          .conv2d(4, 3, 1, Activation.NONE)
          .unary(Unary.Kind.RELU)
          .maxPool(2, 2)
          .output("y")
          .build();

  /** Writes the last operator twice. */
  private static final class RepeatOperator implements GraphPass {
    @Override
    public Optional<Graph> apply(Graph graph) {
      List<Op> ops = new ArrayList<>(graph.ops());
      ops.add(ops.get(ops.size() - 1));
      return Optional.of(graph.withOps(ops));
    }
  }

  /** Runs the last operator first. */
  private static final class DisorderOperators implements GraphPass {
    @Override
    public Optional<Graph> apply(Graph graph) {
      List<Op> ops = new ArrayList<>(graph.ops());
      ops.add(0, ops.remove(ops.size() - 1));
      return Optional.of(graph.withOps(ops));
    }
  }

  /** Changes what one operator writes. */
  private record ChangeOutput(int step, Change change) implements GraphPass {
    @Override
    public Optional<Graph> apply(Graph graph) {
      Tensor output = graph.tensor(graph.ops().get(step).output());
      return Optional.of(graph.withTensors(List.of(change.of(output))));
    }
  }

  /** A change of one tensor. */
  private interface Change {
    Tensor of(Tensor tensor);
  }

  /** Gives the output another name. */
  private static final class RenamePort implements GraphPass {
    @Override
    public Optional<Graph> apply(Graph graph) {
      TensorId tensor = graph.outputs().get(0).tensor();
      return Optional.of(graph.withPorts(graph.inputs(), List.of(new Port("z", tensor))));
    }
  }

  /** Finds something to do for ever. */
  private static final class Restless implements GraphPass {
    @Override
    public Optional<Graph> apply(Graph graph) {
      return Optional.of(graph.withOps(graph.ops()));
    }
  }

  @Test
  void namesThePassThatWroteATensorTwice() {
    assertGuilty(new RepeatOperator(), "after RepeatOperator: tensor", "MAX_POOL_2D");
  }

  @Test
  void namesThePassThatBrokeTheOrder() {
    assertGuilty(new DisorderOperators(), "after DisorderOperators", "before it is written");
  }

  @Test
  void namesThePassThatBrokeAShape() {
    assertGuilty(
        new ChangeOutput(1, tensor -> tensor.withShape(Shape.of(1, 6, 6, 5))),
        "after ChangeOutput: RELU gives [1x6x6x4]");
  }

  @Test
  void namesThePassThatBrokeAType() {
    assertGuilty(
        new ChangeOutput(1, t -> Tensor.activation(t.id(), t.name(), t.shape(), DType.FLOAT32)),
        "after ChangeOutput: RELU",
        "makes FLOAT32 of [INT8]");
  }

  @Test
  void namesThePassThatBrokeAScale() {
    assertGuilty(
        new ChangeOutput(
            2, tensor -> tensor.withType(DType.INT8, new Quantization.PerTensor(0.1f, 3))),
        "after ChangeOutput: MAX_POOL_2D must not change the quantization");
  }

  @Test
  void namesThePassThatRenamedAPort() {
    assertGuilty(new RenamePort(), "after RenamePort: ports [y] became [z]");
  }

  @Test
  void saysThatTheGraphWasInvalidFromTheStart() {
    Graph broken = new DisorderOperators().apply(GRAPH).orElseThrow();

    assertThatThrownBy(() -> PassPipeline.standard().run(broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("invalid before the first pass");
  }

  @Test
  void stopsPassesThatNeverEnd() {
    assertGuilty(new Restless(), "undo one another: [Restless]");
  }

  @Test
  void tellsTheListenerOfEachChange() {
    List<String> changes = new ArrayList<>();

    Graph after =
        PassPipeline.standard()
            .run(GRAPH, (pass, before, changed) -> changes.add(pass.name() + "\n" + changed));

    assertThat(changes).hasSize(1);
    assertThat(changes.get(0)).startsWith("FuseActivation\nin  %0:INT8[1x6x6x3]\n");
    assertThat(after.ops()).hasSize(2);
  }

  private static void assertGuilty(GraphPass pass, String... parts) {
    assertThatThrownBy(() -> new PassPipeline(List.of(pass)).run(GRAPH))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(parts);
  }
}
