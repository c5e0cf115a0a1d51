// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import static dev.facsimile.graph.GraphChain.graph;
import static dev.facsimile.tflite.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.ActivationFunctionType;

final class MatrixReaderTest {
  private static Graph product(boolean adjointA, int... right) {
    GraphChain chain = graph().input("x", 3, 4, 5);
    return chain.batchMatMul(chain.randomConstant(right), adjointA, false).build();
  }

  @Test
  void refusesMatricesThatDoNotFitTogether() {
    assertRefused(
        DiagnosticCode.SHAPE_INVALID,
        "do not fit together",
        product(false, 5, 6),
        model -> model.operator(0).getBuiltinOptions().asBatchMatMulOptions().setAdjX(true));
  }

  @Test
  void doesNotWriteWhatTensorFlowLiteLeavesUndefined() {
    Graph graph = product(true, 1, 4, 6);
    assertThatThrownBy(() -> TfliteWriter.write(graph))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContaining("undefined results");
  }

  @Test
  void refusesNormalizationsWithAnotherScale() {
    assertRefused(
        DiagnosticCode.QUANTIZATION_UNSUPPORTED,
        "must have the scale 1/128",
        graph().input("x", 0.1f, 3, 2, 4).l2Normalization().build(),
        model -> model.tensor(1).getQuantization().setScale(new float[] {0.01f}));
  }

  @Test
  void refusesNormalizationsWithAFusedActivation() {
    assertRefused(
        DiagnosticCode.PARAMETER_UNSUPPORTED,
        "fused activation",
        graph().input("x", 2, 4).l2Normalization().build(),
        model ->
            model
                .operator(0)
                .getBuiltinOptions()
                .asL2NormOptions()
                .setFusedActivationFunction(ActivationFunctionType.RELU));
  }
}
