// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FloatInterpreterTest {
  private static float[] run(GraphChain chain, float... input) {
    return new FloatInterpreter(chain.build()).run(List.of(input)).get(0);
  }

  private static GraphChain pair() {
    return GraphChain.graph().input("x", 1, 2);
  }

  @Test
  void computesFunctionsOfOneTensor() {
    assertThat(run(pair().unary(Unary.Kind.NEG), 1, -2)).containsExactly(-1, 2);
    assertThat(run(pair().unary(Unary.Kind.RELU6), -1, 8)).containsExactly(0, 6);
    assertThat(run(pair().unary(Unary.Kind.LEAKY_RELU, 0.5f), -1, 8)).containsExactly(-0.5f, 8);
    assertThat(run(pair().unary(Unary.Kind.EXP), 0, 1)).containsExactly(1, (float) Math.E);
    assertThat(run(pair().unary(Unary.Kind.LOGISTIC), 0, 100)).containsExactly(0.5f, 1);
    assertThat(run(pair().unary(Unary.Kind.TANH), 0, -100)).containsExactly(0, -1);
  }

  @Test
  void dividesAndBringsInfinitiesToTheLargestFloat() {
    GraphChain chain = pair();
    TensorId divisor = chain.constant(Shape.of(2), 4, 0);
    assertThat(run(chain.binary(Binary.Kind.DIV, divisor, Activation.NONE), 1, 1))
        .containsExactly(0.25f, Float.MAX_VALUE);
  }

  @Test
  void reducesOverSeveralAxes() {
    GraphChain chain = GraphChain.graph().input("x", 2, 1, 3);
    assertThat(run(chain.reduce(Reduce.Kind.SUM, false, 0, 1), 1, 2, 3, 4, 5, 6))
        .containsExactly(5, 7, 9);
    chain = GraphChain.graph().input("x", 2, 1, 3);
    assertThat(run(chain.reduce(Reduce.Kind.REDUCE_MAX, true, 2), 1, 2, 3, 6, 5, 4))
        .containsExactly(3, 6);
    chain = GraphChain.graph().input("x", 2, 1, 3);
    assertThat(run(chain.reduce(Reduce.Kind.MEAN, true, 0), 1, 2, 3, 4, 5, 6))
        .containsExactly(2.5f, 3.5f, 4.5f);
  }

  @Test
  void readsBackWhatAListenerWrites() {
    Graph graph = pair().unary(Unary.Kind.RELU).unary(Unary.Kind.NEG).build();
    List<float[]> outputs =
        new FloatInterpreter(graph)
            .run(
                List.of(new float[] {1, 2}),
                (operator, tensor, contents) -> {
                  if (operator == 0) {
                    contents[0] = 10;
                  }
                });
    assertThat(outputs.get(0)).containsExactly(-10, -2);
  }

  @Test
  void roundsThroughInteger8BetweenQuantizeAndDequantize() {
    assertThat(run(pair().quantize(0.5f, -3).dequantize(), 0.8f, 1000)).containsExactly(1f, 65f);
  }

  @Test
  void readsWeightsThatAreStillHalves() {
    TensorId half = new TensorId(1);
    TensorId weights = new TensorId(2);
    TensorId output = new TensorId(3);
    Tensor input = Tensor.activation(new TensorId(0), "x", Shape.of(1, 2), DType.FLOAT32);
    // 1.5 and -2^-24, the smallest half
    ConstantBytes halves = ConstantBytes.of(new byte[] {0x00, 0x3e, 0x01, (byte) 0x80});
    List<Tensor> tensors =
        List.of(
            input,
            Tensor.constant(half, "half", Shape.of(1, 2), DType.FLOAT16, halves),
            Tensor.activation(weights, "w", Shape.of(1, 2), DType.FLOAT32),
            Tensor.activation(output, "y", Shape.of(1, 1), DType.FLOAT32));
    Graph graph =
        new Graph(
            tensors,
            List.of(
                new Dequantize(half, weights),
                new FullyConnected(input.id(), weights, Optional.empty(), output, Activation.NONE)),
            List.of(new Port("x", input.id())),
            List.of(new Port("y", output)));
    assertThat(new FloatInterpreter(graph).run(List.of(new float[] {2, 0})).get(0))
        .containsExactly(3f);
    assertThat(new FloatInterpreter(graph).run(List.of(new float[] {0, 1})).get(0))
        .containsExactly(-0x1p-24f);
  }

  @Test
  void refusesOperatorsOnIntegers() {
    Graph graph = pair().quantize(1f, 0).unary(Unary.Kind.RELU).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FloatInterpreter(graph))
        .withMessageContaining("RELU");
  }
}
