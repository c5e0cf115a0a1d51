// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate.serial;

import dev.facsimile.emulate.serial.BoardException.Cause;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a board says of the firmware on it.
 *
 * @param mostBytes of a frame's content
 * @param countsCycles whether ticks are cycles of the core; if not, they mean nothing
 * @param inputs how many inputs its network has
 * @param outputs how many outputs
 * @param layers how many layers
 * @param modelSha256 of the model it was generated from, 64 digits
 * @param kernels which kernels are compiled in
 * @param isa the instruction set they are compiled for
 * @param compiler by which
 */
public record BoardDescription(
    int mostBytes,
    boolean countsCycles,
    int inputs,
    int outputs,
    int layers,
    String modelSha256,
    String kernels,
    String isa,
    String compiler) {
  private static final int VERSION = 1;
  private static final int FIXED_BYTES = 8;
  private static final int SHA_DIGITS = 64;
  private static final int LEAST_FRAME = 64;

  static BoardDescription of(ByteBuffer body) throws BoardException {
    if (body.remaining() < FIXED_BYTES + SHA_DIGITS || body.get() != VERSION) {
      throw new BoardException(Cause.BREACH, "the board speaks another version of the protocol");
    }
    int mostBytes = body.getShort() & 0xffff;
    boolean countsCycles = body.get() == 1;
    int inputs = body.get() & 0xff;
    int outputs = body.get() & 0xff;
    int layers = body.getShort() & 0xffff;
    String text = StandardCharsets.ISO_8859_1.decode(body).toString();
    String[] build = text.substring(SHA_DIGITS).split(" ", -1);
    if (mostBytes < LEAST_FRAME || build.length != 3) {
      throw new BoardException(Cause.BREACH, "the board's description has the wrong form");
    }
    return new BoardDescription(
        mostBytes,
        countsCycles,
        inputs,
        outputs,
        layers,
        text.substring(0, SHA_DIGITS),
        build[0],
        build[1],
        build[2]);
  }
}
