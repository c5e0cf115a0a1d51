// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate.serial;

import dev.facsimile.emulate.serial.BoardException.Cause;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Inferences on a board. If the board is reset in between, the vector in progress begins again;
 * earlier ones stay done.
 */
public final class BoardSession {
  private static final int OUTPUT = 0;
  private static final int LAYER_CRCS = 1;
  private static final int LAYER_TICKS = 2;

  /** Of a write request, before its bytes. */
  private static final int WRITE_BYTES = 5;

  /** How often a vector may begin again because of what the board answers. */
  private static final int MOST_ATTEMPTS = 20;

  private final BoardLink link;
  private BoardDescription board;
  private int runs;

  /** Asks the board who it is. */
  public BoardSession(BoardLink link) throws BoardException {
    this.link = link;
    this.board = BoardDescription.of(link.hello());
  }

  public BoardDescription board() {
    return board;
  }

  /**
   * One inference.
   *
   * @param inputs the bytes of each input
   * @param outputBytes the size of each output
   * @throws BoardException SILENCE at the deadline, BREACH if the board does not do its part
   */
  public Inference infer(List<byte[]> inputs, List<Integer> outputBytes) throws BoardException {
    BoardException last = null;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      try {
        return attempt(inputs, outputBytes);
      } catch (BoardException failed) {
        last = failed;
        if (failed.kind() == Cause.SESSION_LOST) {
          greetAgain();
        } else if (failed.kind() != Cause.START_AGAIN) {
          throw failed;
        }
      }
    }
    throw new BoardException(
        Cause.BREACH, "a vector began %d times: %s".formatted(MOST_ATTEMPTS, last.getMessage()));
  }

  private void greetAgain() throws BoardException {
    BoardDescription now = BoardDescription.of(link.hello());
    if (!now.equals(board)) {
      throw new BoardException(Cause.BREACH, "another firmware answers after a reset");
    }
  }

  private Inference attempt(List<byte[]> inputs, List<Integer> outputBytes) throws BoardException {
    CRC32 crc = new CRC32();
    for (int port = 0; port < inputs.size(); port++) {
      write(port, inputs.get(port));
      crc.update(inputs.get(port));
    }
    int run = ++runs;
    ByteBuffer ran =
        link.request(BoardLink.RUN, little(8).putInt(run).putInt((int) crc.getValue()));
    if (ran.remaining() != 12 || ran.getInt() != run) {
      throw new BoardException(Cause.BREACH, "the answer to a run has the wrong form");
    }
    long ticks = ran.getInt() & 0xffff_ffffL;
    return results(run, ticks, ran.getInt(), outputBytes);
  }

  private void write(int port, byte[] bytes) throws BoardException {
    int most = board.mostBytes() - BoardLink.HEADER_BYTES - WRITE_BYTES;
    for (int offset = 0; offset < bytes.length; offset += most) {
      int count = Math.min(most, bytes.length - offset);
      ByteBuffer body = little(WRITE_BYTES + count).put((byte) port).putInt(offset);
      link.request(BoardLink.WRITE, body.put(bytes, offset, count));
    }
  }

  private Inference results(int run, long ticks, int digest, List<Integer> outputBytes)
      throws BoardException {
    CRC32 crc = new CRC32();
    List<byte[]> outputs = new ArrayList<>();
    for (int port = 0; port < outputBytes.size(); port++) {
      byte[] output = read(run, OUTPUT, port, outputBytes.get(port));
      crc.update(output);
      outputs.add(output);
    }
    byte[] crcs = read(run, LAYER_CRCS, 0, 4 * board.layers());
    crc.update(crcs);
    byte[] layerTicks = read(run, LAYER_TICKS, 0, 4 * board.layers());
    if ((int) crc.getValue() != digest) {
      throw new BoardException(Cause.START_AGAIN, "the results changed while they were read");
    }
    List<Long> each = words(layerTicks).stream().map(word -> word & 0xffff_ffffL).toList();
    return new Inference(outputs, words(crcs), each, ticks);
  }

  private byte[] read(int run, int kind, int index, int bytes) throws BoardException {
    ByteBuffer all = ByteBuffer.allocate(bytes);
    int most = board.mostBytes() - BoardLink.HEADER_BYTES;
    for (int offset = 0; offset < bytes; offset += most) {
      int count = Math.min(most, bytes - offset);
      ByteBuffer body = little(13).putInt(run).put((byte) kind).putShort((short) index);
      ByteBuffer piece = link.request(BoardLink.READ, body.putInt(offset).putShort((short) count));
      if (piece.remaining() != count) {
        throw new BoardException(Cause.BREACH, "the board sends another number of bytes");
      }
      all.put(piece);
    }
    return all.array();
  }

  private static List<Integer> words(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> words = new ArrayList<>();
    while (buffer.hasRemaining()) {
      words.add(buffer.getInt());
    }
    return words;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
