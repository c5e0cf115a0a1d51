// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.plan.ConstantBlock;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * What templates/network/selftest.h.vm and selftest.c.vm print.
 *
 * @param prefix of functions: au12
 * @param macro prefix of constants: AU12
 * @param constants names of all constant arrays, in the order in which their CRC is taken
 * @param constantsCrc CRC-32 of the bytes of {@code constants} as a little-endian core holds them,
 *     an unsigned C literal
 * @param seed of the inputs, an unsigned C literal
 * @param outputsCrc CRC-32 of all outputs, an unsigned C literal
 * @param constantBytes of all constants: 123,456
 * @param inputBytes of all inputs
 * @param outputBytes of all outputs
 * @param tableBytes what the test's own tables take of a 32-bit core's flash
 */
public record BootTestFile(
    Banner banner,
    String prefix,
    String macro,
    List<String> constants,
    String constantsCrc,
    String seed,
    String outputsCrc,
    List<PortText> inputs,
    List<PortText> outputs,
    String constantBytes,
    String inputBytes,
    String outputBytes,
    int tableBytes) {

  /** Remainders of the CRC, and the seed. */
  private static final int FIXED_TABLES = 64 + 4;

  private static final int POINTER_AND_COUNT = 8;

  static BootTestFile of(NamedNetwork named, KnownAnswer answer, Banner banner) {
    List<ConstantBlock> blocks = named.plan().constants();
    return new BootTestFile(
        banner,
        named.prefix(),
        named.macro(),
        blocks.stream().map(block -> named.prefix() + "_" + block.name()).toList(),
        literal(crc(blocks)),
        literal(answer.seed()),
        literal(answer.outputsCrc()),
        named.inputs(),
        named.outputs(),
        CText.grouped(blocks.stream().mapToLong(block -> block.data().size()).sum()),
        sum(named.inputs()),
        sum(named.outputs()),
        FIXED_TABLES + POINTER_AND_COUNT * blocks.size());
  }

  public boolean hasConstants() {
    return !constants.isEmpty();
  }

  public int constantCount() {
    return constants.size();
  }

  private static int crc(List<ConstantBlock> blocks) {
    CRC32 crc = new CRC32();
    blocks.forEach(block -> crc.update(block.data().toBytes()));
    return (int) crc.getValue();
  }

  private static String sum(List<PortText> ports) {
    return CText.grouped(ports.stream().mapToLong(PortText::bytes).sum());
  }

  private static String literal(int bits) {
    return String.format(Locale.ROOT, "0x%08xu", bits);
  }
}
