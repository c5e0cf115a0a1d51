// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.plan.ConstantBlock;
import java.nio.ByteBuffer;
import java.util.List;

/** Turns blocks of constants into C arrays. */
final class DescribeConstants {
  private DescribeConstants() {}

  static List<WeightsFile.Block> blocks(NamedNetwork named) {
    return named.plan().constants().stream()
        .map(block -> block(named.prefix() + "_" + block.name(), block))
        .toList();
  }

  private static WeightsFile.Block block(String name, ConstantBlock block) {
    return new WeightsFile.Block(
        CText.type(block.element()), name, block.count(), block.notes(), lines(block));
  }

  private static List<String> lines(ConstantBlock block) {
    ByteBuffer bytes = block.data().asReadOnlyBuffer();
    if (block.element() == ConstantBlock.Element.INT64) {
      long[] values = new long[block.count()];
      bytes.asLongBuffer().get(values);
      return CText.lines(values);
    }
    int[] values = new int[block.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (block.element()) {
            case INT8 -> bytes.get();
            case INT16 -> bytes.getShort();
            case INT32 -> bytes.getInt();
            case INT64 -> throw new IllegalStateException("does not fit an int");
          };
    }
    return CText.lines(values);
  }
}
