// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import com.google.flatbuffers.Table;
import dev.facsimile.report.DiagnosticCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Operator;

/**
 * An operator as the file states it, unchecked.
 *
 * @param code number of the schema's BuiltinOperator
 * @param customCode name of a custom operator, else empty
 * @param inputs tensor indices, -1 for an optional operand that is absent
 * @param table the flatbuffer's table, for the options
 */
record FlatOperator(
    int index,
    int code,
    String customCode,
    List<Integer> inputs,
    List<Integer> outputs,
    Operator table) {

  /** CONV_2D; numbers for operators newer than our schema. */
  String kind() {
    return code >= 0 && code < BuiltinOperator.names.length
        ? BuiltinOperator.name(code)
        : "BUILTIN_" + code;
  }

  /**
   * What {@code read} makes of the operator's options, which are of the union's member {@code
   * type}; empty where the operator has none. Throws {@link OperatorRejected}.
   */
  <T extends Table, R> Optional<R> options(byte type, T empty, Function<T, R> read) {
    try {
      if (table.builtinOptionsType() == 0) {
        return Optional.empty();
      }
      if (table.builtinOptionsType() != type) {
        throw corrupt("carries options of another operator");
      }
      return Optional.ofNullable(table.builtinOptions(empty)).map(options -> read.apply(empty));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw corrupt("has options that lie outside of the file");
    }
  }

  /** Index of the tensor that states how an intermediate result is quantized; -1 without one. */
  int intermediate(int position) {
    try {
      return position < table.intermediatesLength() ? table.intermediates(position) : -1;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw corrupt("has a list of intermediate results that lies outside of the file");
    }
  }

  private static OperatorRejected corrupt(String message) {
    return OperatorRejected.because(DiagnosticCode.MODEL_CORRUPT, message, FlatFileDecoder.DAMAGED);
  }
}
