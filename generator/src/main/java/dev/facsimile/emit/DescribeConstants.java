// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.plan.ConstantBlock;
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
    boolean bytes = block.element() == ConstantBlock.Element.INT8;
    return new WeightsFile.Block(
        bytes ? "int8_t" : "int32_t",
        name,
        block.count(),
        block.notes(),
        CText.lines(bytes ? int8(block) : block.data().toInts()));
  }

  private static int[] int8(ConstantBlock block) {
    byte[] bytes = block.data().toBytes();
    int[] values = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i];
    }
    return values;
  }
}
