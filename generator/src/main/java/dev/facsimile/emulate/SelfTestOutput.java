// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a self-test printed, as far as it followed the protocol:
 *
 * <pre>{@code
 * facsimile-selftest 2 variants=<names> isa=<name> compiler=<gcc|clang>-<version>
 *     model=<c-prefix> model_sha256=<64 hex>          (one line)
 * begin vectors=<n> layers=<m>
 * layer v=<vector> n=<layer> name=<C name> crc=<8 hex>
 * output v=<vector> port=<index> bytes=<hex>
 * note <what> v=<vector> count=<n>        (optional, anywhere)
 * stack used=<bytes|unknown>
 * end crc=<8 hex, CRC-32 of the layer and output lines with their newlines>
 * verdict PASS|FAIL
 * }</pre>
 *
 * What comes before the first line is ignored: a boot loader may have spoken.
 *
 * @param modelSha256 empty if the first line never came
 * @param variants of the kernels that are compiled in, joined with commas: portable; empty if the
 *     first line never came
 * @param isa the instruction set compiled for, from the compiler's macros: architecture, then +dsp,
 *     +fp or +fp.dp, +mve or +mve.fp; empty if the first line never came
 * @param compiler empty if the first line never came
 * @param lines the {@code begin}, {@code layer}, {@code output} and {@code end} lines in the order
 *     in which they came, up to the first that is not of the protocol
 * @param stackUsed empty where unknown
 * @param instructions of one inference, where the firmware counted them
 * @param cycles of one inference, where the firmware counted them
 * @param layerCycles of each layer of that inference; empty where they were not counted
 * @param problem the first breach of the protocol; empty for a complete report
 */
public record SelfTestOutput(
    String modelSha256,
    String variants,
    String isa,
    String compiler,
    List<String> lines,
    OptionalInt stackUsed,
    OptionalLong instructions,
    OptionalLong cycles,
    List<Long> layerCycles,
    Verdict verdict,
    Optional<String> problem) {

  /** The firmware's own opinion. */
  public enum Verdict {
    PASS,
    FAIL,
    /** The line never came. */
    NONE
  }

  public SelfTestOutput {
    lines = List.copyOf(lines);
    layerCycles = List.copyOf(layerCycles);
  }

  /**
   * Never fails: what is wrong is in {@link #problem()}.
   *
   * @param text one char a byte
   */
  public static SelfTestOutput parse(String text) {
    return new SelfTestParser().parse(text);
  }
}
