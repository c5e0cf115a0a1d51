// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.TensorId;
import dev.facsimile.report.FacsimileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IntegerInterpreterTest {
  private static final List<Integer> NONE = List.of(0, 0, 0, 0);

  /** Two convolutions of one input, added: operators 0, 1, 2; then a pool. */
  private static Graph branched() {
    GraphChain chain = GraphChain.graph().input("x", 0.05f, 3, 2, 6, 5, 3);
    TensorId input = chain.last();
    TensorId left = chain.scaled(0.06f, -5).conv2d(4, 3, 1, Activation.RELU).last();
    return chain
        .from(input)
        .conv2d(4, 1, 1, Activation.NONE)
        .add(left)
        .maxPool(2, 2)
        .output("y")
        .build();
  }

  private static byte[] input(long seed) {
    byte[] codes = new byte[2 * 6 * 5 * 3];
    new Random(seed).nextBytes(codes);
    return codes;
  }

  @Test
  void refusesAFloatNetwork() {
    Graph graph = GraphChain.graph().input("x", 1, 4).fullyConnected(2, Activation.NONE).build();
    assertThatThrownBy(() -> new IntegerInterpreter(graph))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContaining("be int8 with a zero point")
        .hasMessageContaining("is FLOAT32");
  }

  @Test
  void tellsOfEveryTensorInTheOrderOfOperators() {
    Graph graph = branched();
    List<TensorId> heard = new ArrayList<>();
    new IntegerInterpreter(graph)
        .run(
            List.of(input(1)),
            (operator, tensor, contents) -> {
              assertThat(operator).isEqualTo(heard.size());
              assertThat(contents).hasSize(tensor.shape().elements());
              heard.add(tensor.id());
            });
    assertThat(heard)
        .containsExactlyElementsOf(graph.ops().stream().map(op -> op.output()).toList());
  }

  @Test
  void runsAgainFromNewInputsAsIfForTheFirstTime() {
    IntegerInterpreter used = new IntegerInterpreter(branched());
    used.run(List.of(input(1)));
    byte[] again = used.run(List.of(input(2))).get(0);
    assertThat(again).isEqualTo(new IntegerInterpreter(branched()).run(List.of(input(2))).get(0));
  }

  @Test
  void forksHaveMemoryOfTheirOwn() {
    IntegerInterpreter first = new IntegerInterpreter(branched());
    IntegerInterpreter second = first.fork();
    byte[] one = first.run(List.of(input(1))).get(0);
    byte[] two = second.run(List.of(input(2))).get(0);
    assertThat(first.outputs().get(0)).isEqualTo(one).isNotEqualTo(two);
    assertThat(second.run(List.of(input(1))).get(0)).isEqualTo(one);
  }

  @Test
  void recomputesWhatDependsOnAChangedTensorAndNothingElse() {
    Graph graph = branched();
    IntegerInterpreter interpreter = new IntegerInterpreter(graph);
    interpreter.run(List.of(input(1)));
    TensorId left = graph.ops().get(0).output();
    byte[] changed = interpreter.contents(left).clone();
    changed[0]++;
    interpreter.set(left, changed);
    List<Integer> heard = new ArrayList<>();
    interpreter.recompute(List.of(left), (operator, tensor, contents) -> heard.add(operator));
    assertThat(heard).containsExactly(2, 3);
    byte[] recomputed = interpreter.outputs().get(0);
    interpreter.compute(1, 4, TensorListener.none());
    assertThat(interpreter.outputs().get(0)).isEqualTo(recomputed);
  }

  @Test
  void refusesInputsOfTheWrongNumberOrSize() {
    IntegerInterpreter interpreter = new IntegerInterpreter(branched());
    assertThatIllegalArgumentException().isThrownBy(() -> interpreter.run(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> interpreter.run(List.of(new byte[7])))
        .withMessageContaining("180 elements but 7");
  }

  @Test
  void returnsConstantsAndInputsThatAreOutputs() {
    Graph graph = GraphChain.graph().input("x", 1f, 0, 1, 2, 1, 1).output("x").build();
    assertThat(new IntegerInterpreter(graph).run(List.of(new byte[] {1, 2})).get(0))
        .containsExactly(1, 2);
  }

  @Test
  void padsWithTheZeroPoint() {
    Graph graph =
        GraphChain.graph()
            .input("x", 1f, 7, 1, 1, 2, 1)
            .pad(List.of(0, 1, 0, 0), List.of(0, 0, 1, 1))
            .build();
    assertThat(new IntegerInterpreter(graph).run(List.of(new byte[] {1, 2})).get(0))
        .containsExactly(7, 7, 7, 7, 7, 7, 1, 7, 2, 7, 7, 7);
  }

  @Test
  void copiesWherePaddingIsNothing() {
    Graph graph = GraphChain.graph().input("x", 1f, 7, 1, 1, 2, 1).pad(NONE, NONE).build();
    assertThat(new IntegerInterpreter(graph).run(List.of(new byte[] {1, 2})).get(0))
        .containsExactly(1, 2);
  }
}
