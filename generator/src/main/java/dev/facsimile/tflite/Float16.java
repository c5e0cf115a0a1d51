// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

/** IEEE 754 binary16, which Java 17 cannot convert. */
final class Float16 {
  private Float16() {}

  /** The same value as a float: exact, since every binary16 is one. */
  static float toFloat(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
