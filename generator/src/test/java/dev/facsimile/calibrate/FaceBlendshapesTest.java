// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Tensor;
import dev.facsimile.interpret.FloatInterpreter;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.quantize.AffineMapping;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * MediaPipe's network of 146 face landmarks to 52 expression coefficients, a mixer with layer
 * normalizations spelt out in small operators.
 */
final class FaceBlendshapesTest {
  private static final double CLOSE = 0.02;

  @Test
  void floatInterpreterGivesThePublishedCoefficients() throws IOException {
    float[] actual =
        new FloatInterpreter(QuantizedBlendshapes.simplified())
            .run(List.of(LandmarkExamples.publishedInput()))
            .get(0);
    List<Float> published = LandmarkExamples.publishedOutput();
    assertThat(actual).hasSize(52).hasSameSizeAs(published);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as("coefficient " + i).isCloseTo(published.get(i), within(1e-5f));
    }
  }

  @Test
  void int16ActivationsCarryEveryCoefficient() throws IOException {
    Graph graph = QuantizedBlendshapes.simplified();
    Graph integer = QuantizedBlendshapes.int16();
    FloatInterpreter reference = new FloatInterpreter(graph);
    IntegerInterpreter interpreter = new IntegerInterpreter(integer);
    LandmarkExamples unseen = LandmarkExamples.perturbed(64, 2);
    double[] squares = new double[52];
    for (int example = 0; example < unseen.size(); example++) {
      float[] expected = reference.run(unseen.tensors(example)).get(0);
      float[] actual = run(interpreter, unseen.tensors(example).get(0));
      for (int i = 0; i < squares.length; i++) {
        double error = actual[i] - expected[i];
        squares[i] += error * error / unseen.size();
        if (example == 0) {
          assertThat(Math.abs(error)).as("published face, coefficient " + i).isLessThan(CLOSE);
        }
      }
    }
    for (int i = 0; i < squares.length; i++) {
      assertThat(Math.sqrt(squares[i])).as("RMSE of coefficient " + i).isLessThan(CLOSE);
    }
  }

  private static float[] run(IntegerInterpreter interpreter, float[] landmarks) {
    Graph graph = interpreter.graph();
    Tensor input = graph.tensor(graph.inputs().get(0).tensor());
    Tensor output = graph.tensor(graph.outputs().get(0).tensor());
    byte[] codes = AffineMapping.quantize(landmarks, input);
    return AffineMapping.dequantize(interpreter.run(List.of(codes)).get(0), output);
  }
}
