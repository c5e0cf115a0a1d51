// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.report.DiagnosticCode;
import java.util.Optional;
import org.tensorflow.lite.schema.AddOptions;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.DivOptions;
import org.tensorflow.lite.schema.GeluOptions;
import org.tensorflow.lite.schema.LeakyReluOptions;
import org.tensorflow.lite.schema.MulOptions;
import org.tensorflow.lite.schema.SoftmaxOptions;
import org.tensorflow.lite.schema.SubOptions;

/** Elementwise operators, softmax, and the changes between float and integers. */
final class ElementwiseReader {
  private ElementwiseReader() {}

  static Op binary(OperatorSource source, Binary.Kind function) {
    source.requireOperands(2, 2);
    requireGeneralScales(source, function);
    byte activation =
        (switch (function) {
              case ADD ->
                  source.options(
                      BuiltinOptions.AddOptions,
                      new AddOptions(),
                      AddOptions::fusedActivationFunction);
              case SUB ->
                  source.options(
                      BuiltinOptions.SubOptions,
                      new SubOptions(),
                      SubOptions::fusedActivationFunction);
              case MUL ->
                  source.options(
                      BuiltinOptions.MulOptions,
                      new MulOptions(),
                      MulOptions::fusedActivationFunction);
              case DIV ->
                  source.options(
                      BuiltinOptions.DivOptions,
                      new DivOptions(),
                      DivOptions::fusedActivationFunction);
              case MAXIMUM, MINIMUM, SQUARED_DIFFERENCE -> Optional.<Byte>empty();
            })
            .orElse((byte) 0);
    return new Binary(
        function,
        source.input(0).id(),
        source.input(1).id(),
        source.outputId(),
        source.activation(activation));
  }

  /** Old int16 networks add by shifts alone where all scales are powers of two. */
  private static void requireGeneralScales(OperatorSource source, Binary.Kind function) {
    boolean shifts =
        switch (function) {
          case ADD ->
              source
                  .options(BuiltinOptions.AddOptions, new AddOptions(), AddOptions::potScaleInt16)
                  .orElse(true);
          case SUB ->
              source
                  .options(BuiltinOptions.SubOptions, new SubOptions(), SubOptions::potScaleInt16)
                  .orElse(true);
          case MUL, DIV, MAXIMUM, MINIMUM, SQUARED_DIFFERENCE -> false;
        };
    if (shifts
        && source.output().type() == DType.INT16
        && isPowerOfTwo(source.input(0))
        && isPowerOfTwo(source.input(1))
        && isPowerOfTwo(source.output())) {
      throw source.reject(
          DiagnosticCode.QUANTIZATION_UNSUPPORTED,
          "int16 with scales that are powers of two (pot_scale_int16) is not supported",
          "convert the network again with a current TensorFlow, or give the float network");
    }
  }

  private static boolean isPowerOfTwo(Tensor tensor) {
    return tensor.quantization().orElse(null) instanceof Quantization.PerTensor stated
        && stated.scale() == Math.scalb(1f, Math.getExponent(stated.scale()));
  }

  static Op unary(OperatorSource source, Unary.Kind function) {
    source.requireOperands(1, 1);
    float alpha =
        function == Unary.Kind.LEAKY_RELU
            ? source.requiredOptions(
                BuiltinOptions.LeakyReluOptions, new LeakyReluOptions(), LeakyReluOptions::alpha)
            : 0f;
    requireFinite(source, alpha, "slope");
    return new Unary(function, source.input(0).id(), source.outputId(), alpha);
  }

  static Op gelu(OperatorSource source) {
    boolean approximate =
        source
            .options(BuiltinOptions.GeluOptions, new GeluOptions(), GeluOptions::approximate)
            .orElse(false);
    return unary(source, approximate ? Unary.Kind.GELU_APPROXIMATE : Unary.Kind.GELU);
  }

  /** TensorFlow Lite's SQUARE knows floats only; as a product it has an int8 form. */
  static Op square(OperatorSource source) {
    source.requireOperands(1, 1);
    TensorId input = source.input(0).id();
    return new Binary(Binary.Kind.MUL, input, input, source.outputId(), Activation.NONE);
  }

  static Op prelu(OperatorSource source) {
    source.requireOperands(2, 2);
    return new PRelu(source.input(0).id(), source.constant(1, "slope").id(), source.outputId());
  }

  static Op softmax(OperatorSource source) {
    source.requireOperands(1, 1);
    float beta =
        source
            .options(BuiltinOptions.SoftmaxOptions, new SoftmaxOptions(), SoftmaxOptions::beta)
            .orElse(1f);
    requireFinite(source, beta, "beta");
    if (!(beta > 0)) {
      throw source.reject(
          DiagnosticCode.PARAMETER_UNSUPPORTED,
          "beta " + beta + " is not positive",
          "export the network with beta 1");
    }
    return new Softmax(source.input(0).id(), source.outputId(), beta);
  }

  static Op quantize(OperatorSource source) {
    source.requireOperands(1, 1);
    return new Quantize(source.input(0).id(), source.outputId());
  }

  static Op dequantize(OperatorSource source) {
    source.requireOperands(1, 1);
    return new Dequantize(source.input(0).id(), source.outputId());
  }

  private static void requireFinite(OperatorSource source, float value, String role) {
    if (!Float.isFinite(value)) {
      throw source.reject(
          DiagnosticCode.VALUE_NOT_FINITE,
          "its " + role + " is " + value,
          "look for the layer in which training diverged, and export again");
    }
  }
}
