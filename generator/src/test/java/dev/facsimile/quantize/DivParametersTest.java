// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.TensorId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class DivParametersTest {
  private static final int ZERO_A = -7;
  private static final int ZERO_B = 3;
  private static final int ZERO_OUTPUT = 11;

  private static DivParameters of(float a, float b, float output, Activation activation) {
    GraphChain chain = GraphChain.graph().input("a", a, ZERO_A, 1, 2);
    TensorId left = chain.last();
    TensorId right = chain.input("b", b, ZERO_B, 1, 2).last();
    chain.scaled(output, ZERO_OUTPUT).from(left).binary(Binary.Kind.DIV, right, activation);
    Graph graph = chain.build();
    return DivParameters.of(graph, (Binary) graph.ops().get(0));
  }

  @Property
  void staysWithinOneCodeOfTheQuotient(
      @ForAll @IntRange(min = -3000, max = 1000) int decadesA,
      @ForAll @IntRange(min = -3000, max = 1000) int decadesB,
      @ForAll @IntRange(min = -4000, max = 2000) int decadesOutput) {
    float scaleA = (float) Math.pow(10, decadesA / 1000.0);
    float scaleB = (float) Math.pow(10, decadesB / 1000.0);
    float scaleOutput = (float) Math.pow(10, decadesOutput / 1000.0);
    DivParameters parameters = of(scaleA, scaleB, scaleOutput, Activation.NONE);
    double factor = scaleA / ((double) scaleB * scaleOutput);
    for (int x = -128; x <= 127; x += 5) {
      for (int y = -128; y <= 127; y++) {
        if (y != ZERO_B) {
          double exact = factor * (x - ZERO_A) / (y - ZERO_B) + ZERO_OUTPUT;
          double expected = Math.max(-128, Math.min(127, exact));
          assertThat((double) parameters.apply(x, y)).isCloseTo(expected, within(0.76));
        }
      }
    }
  }

  @Test
  void dividesByZeroAsFarAsCodesGo() {
    DivParameters parameters = of(1e-3f, 1f, 1f, Activation.NONE);
    assertThat(parameters.apply(ZERO_A + 1, ZERO_B)).isEqualTo(127);
    assertThat(parameters.apply(ZERO_A - 1, ZERO_B)).isEqualTo(-128);
    assertThat(parameters.apply(ZERO_A, ZERO_B)).isEqualTo(ZERO_OUTPUT);
    DivParameters clamped = of(1e-3f, 1f, 0.1f, Activation.RELU6);
    assertThat(clamped.apply(ZERO_A + 1, ZERO_B)).isEqualTo(ZERO_OUTPUT + 60);
    assertThat(clamped.apply(ZERO_A - 1, ZERO_B)).isEqualTo(ZERO_OUTPUT);
  }
}
