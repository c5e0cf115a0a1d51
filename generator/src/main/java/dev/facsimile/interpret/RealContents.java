// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Tensor;
import java.nio.ByteBuffer;

/** Constants as floats: floats as they are, integers as their codes. */
final class RealContents {
  private RealContents() {}

  static float[] of(Tensor tensor) {
    ByteBuffer bytes = tensor.data().orElseThrow().asReadOnlyBuffer();
    float[] values = new float[tensor.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (tensor.type()) {
            case FLOAT32 -> bytes.getFloat();
            case FLOAT16 -> half(bytes.getShort());
            case INT8 -> bytes.get();
            case UINT8, BOOL -> bytes.get() & 0xff;
            case INT16 -> bytes.getShort();
            case INT32 -> bytes.getInt();
            case INT64 -> bytes.getLong();
          };
    }
    return values;
  }

  /** IEEE 754 binary16 to binary32, exact. */
  static float half(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude;
    if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else {
      magnitude = Math.scalb(1f + fraction * 0x1p-10f, exponent - 15);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
