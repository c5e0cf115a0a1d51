// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Lookup;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.tflite.TfliteOracle;
import dev.facsimile.tflite.TfliteWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TabulateFloatIslandsTest {
  private static final PassPipeline PIPELINE =
      new PassPipeline(List.of(new HoistQuantize(), new TabulateFloatIslands()));

  /** All but the code of zero: logarithm and division have no value there. */
  @ParameterizedTest
  @EnumSource(Unary.Kind.class)
  void everyFunctionIsTensorFlowLitesFloatKernel(Unary.Kind function) {
    for (float scale : new float[] {0.0173f, 0.25f}) {
      Graph graph =
          codes(scale, -128)
              .dequantize()
              .unary(function)
              .quantize(scale / 2.3f, -7)
              .output("y")
              .build();

      assertThat(Arrays.copyOfRange(tabulated(graph), 1, Lookup.ENTRIES))
          .isEqualTo(Arrays.copyOfRange(tensorFlowLite(graph), 1, Lookup.ENTRIES));
    }
  }

  /** -(x - 3) * (x - 3): TensorFlow writes a square as a product. */
  @Test
  void aChainWithConstantsAndWithItselfIsOneTable() {
    GraphChain chain = codes(0.031f, 11);
    chain.dequantize();
    TensorId three = chain.constant(Shape.of(1), 3f);
    chain.binary(Binary.Kind.SUB, three, Activation.NONE);
    chain.binary(Binary.Kind.MUL, chain.last(), Activation.NONE);
    Graph graph = chain.unary(Unary.Kind.NEG).quantize(0.2f, 101).output("y").build();

    assertThat(PIPELINE.run(graph).ops()).extracting(Op::kind).containsExactly("LOOKUP");
    assertThat(tabulated(graph)).isEqualTo(tensorFlowLite(graph));
  }

  @Test
  void whatIsJoinedInFloatIsJoinedInCodes() {
    GraphChain chain = codes(0.031f, 11);
    TensorId real = chain.dequantize().last();
    chain.unary(Unary.Kind.NEG).concat(0, real).transpose(1, 0).quantize(0.04f, -3);
    Graph graph = chain.output("y").build();

    assertThat(PIPELINE.run(graph).ops())
        .extracting(Op::kind)
        .containsExactlyInAnyOrder("LOOKUP", "LOOKUP", "CONCATENATION", "TRANSPOSE");
    assertThat(tabulated(graph)).isEqualTo(tensorFlowLite(graph));
  }

  @Test
  void anIslandOfTwoTensorsStays() {
    GraphChain chain = codes(0.031f, 11);
    TensorId first = chain.dequantize().last();
    chain.input("other", 0.05f, 2, 1, Lookup.ENTRIES).dequantize().add(first).quantize(0.1f, 0);

    assertThat(new TabulateFloatIslands().apply(chain.output("y").build())).isEmpty();
  }

  @Test
  void anIslandWhoseConstantAddsAnAxisStays() {
    GraphChain chain = codes(0.031f, 11).dequantize();
    TensorId real = chain.last();
    TensorId three = chain.constant(Shape.of(1, 1, 1), 3f);
    chain.from(real).binary(Binary.Kind.SUB, three, Activation.NONE).quantize(0.1f, 0);

    assertThat(new TabulateFloatIslands().apply(chain.output("y").build())).isEmpty();
  }

  @Test
  void aMatrixProductInFloatStays() {
    Graph graph =
        codes(0.031f, 11)
            .dequantize()
            .fullyConnected(3, Activation.NONE)
            .quantize(0.1f, 0)
            .output("y")
            .build();

    assertThat(new TabulateFloatIslands().apply(graph)).isEmpty();
  }

  /** What the port shows stays computed. */
  @Test
  void floatsThatAreAnOutputStay() {
    GraphChain chain = codes(0.031f, 11).dequantize().unary(Unary.Kind.NEG).output("real");
    Graph graph = chain.quantize(0.031f, 0).output("code").build();

    assertThat(PIPELINE.run(graph).ops())
        .extracting(Op::kind)
        .containsExactlyInAnyOrder("DEQUANTIZE", "NEG", "LOOKUP");
  }

  private static GraphChain codes(float scale, int zeroPoint) {
    return GraphChain.graph().input("x", scale, zeroPoint, 1, Lookup.ENTRIES);
  }

  private static byte[] everyCode() {
    byte[] codes = new byte[Lookup.ENTRIES];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (i + Byte.MIN_VALUE);
    }
    return codes;
  }

  private static byte[] tabulated(Graph graph) {
    return new IntegerInterpreter(PIPELINE.run(graph)).run(List.of(everyCode())).get(0);
  }

  private static byte[] tensorFlowLite(Graph graph) {
    return TfliteOracle.run(TfliteWriter.write(graph).bytes(), List.of(everyCode())).get(0);
  }
}
