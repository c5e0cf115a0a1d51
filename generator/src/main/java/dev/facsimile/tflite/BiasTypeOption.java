// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import com.google.flatbuffers.Table;
import dev.facsimile.graph.Window;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.FullyConnectedOptions;
import org.tensorflow.lite.schema.FullyConnectedOptionsWeightsFormat;
import org.tensorflow.lite.schema.TensorType;
import org.tensorflow.lite.schema.TransposeConvOptions;

/**
 * The field quantized_bias_type of CONV_2D, FULLY_CONNECTED and TRANSPOSE_CONV: whether int16
 * activations are summed in 32 bits (INT32) or, by default, in 64. It is younger than the classes
 * generated from the schema.
 */
final class BiasTypeOption extends Table {
  /** Where the field stands in the options of each operator. */
  static final int IN_CONV_2D = 6;

  static final int IN_FULLY_CONNECTED = 4;
  static final int IN_TRANSPOSE_CONV = 4;

  /** Whether the options that this table was placed on ask for sums of 32 bits. */
  boolean isNarrow(int slot) {
    int offset = __offset(4 + 2 * slot);
    return offset != 0 && bb.get(offset + bb_pos) == TensorType.INT32;
  }

  static int conv2d(
      FlatBufferBuilder builder, byte padding, Window window, byte activation, boolean narrow) {
    builder.startTable(IN_CONV_2D + 1);
    Conv2DOptions.addDilationHFactor(builder, window.dilationH());
    Conv2DOptions.addDilationWFactor(builder, window.dilationW());
    Conv2DOptions.addStrideH(builder, window.strideH());
    Conv2DOptions.addStrideW(builder, window.strideW());
    Conv2DOptions.addFusedActivationFunction(builder, activation);
    Conv2DOptions.addPadding(builder, padding);
    return end(builder, IN_CONV_2D, narrow);
  }

  static int transposeConv(
      FlatBufferBuilder builder, byte padding, Window window, byte activation, boolean narrow) {
    builder.startTable(IN_TRANSPOSE_CONV + 1);
    TransposeConvOptions.addStrideH(builder, window.strideH());
    TransposeConvOptions.addStrideW(builder, window.strideW());
    TransposeConvOptions.addFusedActivationFunction(builder, activation);
    TransposeConvOptions.addPadding(builder, padding);
    return end(builder, IN_TRANSPOSE_CONV, narrow);
  }

  static int fullyConnected(
      FlatBufferBuilder builder, byte activation, boolean keepsAxes, boolean narrow) {
    builder.startTable(IN_FULLY_CONNECTED + 1);
    FullyConnectedOptions.addAsymmetricQuantizeInputs(builder, false);
    FullyConnectedOptions.addKeepNumDims(builder, keepsAxes);
    FullyConnectedOptions.addWeightsFormat(builder, FullyConnectedOptionsWeightsFormat.DEFAULT);
    FullyConnectedOptions.addFusedActivationFunction(builder, activation);
    return end(builder, IN_FULLY_CONNECTED, narrow);
  }

  private static int end(FlatBufferBuilder builder, int slot, boolean narrow) {
    builder.addByte(slot, narrow ? TensorType.INT32 : 0, 0);
    return builder.endTable();
  }
}
