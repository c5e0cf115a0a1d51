// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StripFloatEdgesTest {
  private static final PassPipeline PIPELINE = new PassPipeline(List.of(new StripFloatEdges()));

  @Test
  void makesPortsIntegerAndKeepsTheirNames() {
    Graph whole =
        GraphChain.graph()
            .input("image", 1, 6, 6, 3)
            .quantize(0.05f, 3)
            .conv2d(4, 3, 1, Activation.RELU)
            .dequantize()
            .output("logits")
            .build();
    Graph core =
        GraphChain.graph()
            .input("image", 0.05f, 3, 1, 6, 6, 3)
            .conv2d(4, 3, 1, Activation.RELU)
            .output("logits")
            .build();

    Graph after = PIPELINE.run(whole);

    assertThat(after.ops().stream().map(Op::kind)).containsExactly("CONV_2D");
    assertThat(names(after.inputs())).containsExactly("image");
    assertThat(names(after.outputs())).containsExactly("logits");
    Equivalence.assertSameOutputs(core, after);
  }

  @Test
  void leavesAFloatInputThatSomethingElseReads() {
    GraphChain chain = GraphChain.graph().input("x", 1, 4);
    var input = chain.last();
    chain.quantize(0.05f, 3).dequantize().add(input);

    assertThat(new StripFloatEdges().apply(chain.output("y").build())).isEmpty();
  }

  @Test
  void stripsOneOfTwoOutputsWhereTheOtherShowsTheSameIntegers() {
    GraphChain chain =
        GraphChain.graph().input("x", 0.05f, 3, 1, 6, 6, 3).conv2d(4, 3, 1, Activation.RELU);
    Graph after =
        new StripFloatEdges()
            .apply(chain.dequantize().output("a").from(chain.last()).output("b").build())
            .orElseThrow();

    assertThat(after.outputs().stream().map(port -> after.tensor(port.tensor()).type()))
        .containsExactly(DType.INT8, DType.FLOAT32);
  }

  @Test
  void leavesFloatNetworks() {
    Graph graph =
        GraphChain.graph().input("x", 1, 6, 6, 3).conv2d(4, 3, 1, Activation.RELU).build();

    assertThat(new StripFloatEdges().apply(graph)).isEmpty();
  }

  private static List<String> names(List<Port> ports) {
    return ports.stream().map(Port::name).toList();
  }
}
