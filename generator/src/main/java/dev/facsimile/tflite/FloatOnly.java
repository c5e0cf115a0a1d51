// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Unary;
import java.util.EnumSet;
import java.util.Set;

/**
 * The operators that TensorFlow Lite 2.19 computes in float alone. Ours have an int8 form of their
 * own, for float networks that are quantized here; an int8 file cannot have them.
 */
final class FloatOnly {
  private static final Set<Unary.Kind> FUNCTIONS =
      EnumSet.of(
          Unary.Kind.NEG,
          Unary.Kind.SQRT,
          Unary.Kind.SIN,
          Unary.Kind.COS,
          Unary.Kind.FLOOR,
          Unary.Kind.CEIL,
          Unary.Kind.ROUND,
          Unary.Kind.SIGN);

  private FloatOnly() {}

  static boolean contains(Op op) {
    return (op instanceof Unary unary && FUNCTIONS.contains(unary.function()))
        || (op instanceof Binary binary && binary.function() == Binary.Kind.DIV);
  }
}
