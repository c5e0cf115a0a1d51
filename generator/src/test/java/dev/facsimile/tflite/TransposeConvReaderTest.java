// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import static dev.facsimile.graph.GraphChain.graph;
import static dev.facsimile.tflite.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Window;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import org.junit.jupiter.api.Test;

final class TransposeConvReaderTest {
  private static Graph network(Window window) {
    return graph().input("x", 1, 3, 3, 2).transposeConv(4, window, 6, 6, Activation.NONE).build();
  }

  @Test
  void refusesOutputsFromWhichTheWindowYieldsAnotherInput() {
    assertRefused(
        DiagnosticCode.SHAPE_INVALID,
        "no transposed convolution makes",
        network(Window.same(6, 6, 3, 3, 2, 2, 1, 1)),
        model -> model.operator(0).getBuiltinOptions().asTransposeConvOptions().setStrideH(3));
  }

  @Test
  void refusesAShapeThatIsNotTheOutputs() {
    assertRefused(
        DiagnosticCode.SHAPE_INVALID,
        "yields [1, 6, 6, 4]",
        network(Window.same(6, 6, 3, 3, 2, 2, 1, 1)),
        model -> model.tensor(3).setShape(new int[] {1, 6, 5, 4}));
  }

  @Test
  void paddingThatTensorFlowLiteCannotStateIsNotWritten() {
    Graph graph = network(new Window(4, 4, 2, 2, 1, 1, 0, 2, 2, 0));
    assertThatThrownBy(() -> TfliteWriter.write(graph))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContaining("neither SAME nor VALID");
  }
}
