// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate.serial;

import dev.facsimile.emulate.serial.BoardException.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Requests and their answers, one at a time. A request is sent again until its own answer has come
 * whole: that is all the flow control a board needs, which reads nothing while it computes.
 */
public final class BoardLink implements AutoCloseable {
  static final int HELLO = 1;
  static final int WRITE = 2;
  static final int RUN = 3;
  static final int READ = 4;

  /** Bytes of type, session and sequence number. */
  static final int HEADER_BYTES = 7;

  private static final int ANSWER = 0x80;
  private static final int REFUSED = 0xff;
  private static final int REFUSED_SESSION = 1;
  private static final int REFUSED_FORM = 2;

  private static final long FIRST_PATIENCE_MILLIS = 300;
  private static final long LONGEST_PATIENCE_MILLIS = 5000;
  private static final int BITS_PER_BYTE = 10;

  private final SerialLine line;
  private final int baud;
  private final long deadline;
  private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
  private volatile boolean closed;
  private int session;
  private int sequence;

  /**
   * Begins to listen.
   *
   * @param baud bits a second, from which follows how long a frame takes
   * @param limit after which every request fails
   */
  public BoardLink(SerialLine line, int baud, Duration limit) {
    this.line = line;
    this.baud = baud;
    this.deadline = System.nanoTime() + limit.toNanos();
    Thread listener = new Thread(this::listen, "serial line");
    listener.setDaemon(true);
    listener.start();
  }

  private void listen() {
    Frames decoder = new Frames();
    InputStream input = line.input();
    try {
      while (!closed) {
        int value = input.read();
        if (value >= 0) {
          decoder.accept(value).ifPresent(frames::add);
        } else {
          TimeUnit.MILLISECONDS.sleep(1);
        }
      }
    } catch (IOException gone) {
      // No more frames come, and whoever waits for one runs into the deadline.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A new session; what the board knew of an earlier one is forgotten. */
  ByteBuffer hello() throws BoardException {
    session = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    return request(HELLO, ByteBuffer.allocate(0));
  }

  /**
   * Sends until it is answered.
   *
   * @param body filled up to its position
   * @return the answer's body, little-endian
   * @throws BoardException SILENCE at the deadline, or what the board refuses it with
   */
  ByteBuffer request(int type, ByteBuffer body) throws BoardException {
    sequence = (sequence + 1) & 0xffff;
    ByteBuffer content =
        ByteBuffer.allocate(HEADER_BYTES + body.position()).order(ByteOrder.LITTLE_ENDIAN);
    content.put((byte) type).putInt(session).putShort((short) sequence).put(body.flip());
    byte[] frame = Frames.encode(content.array());
    long onTheWay = 2000L * BITS_PER_BYTE * (frame.length + 300) / baud;
    long patience = FIRST_PATIENCE_MILLIS;
    while (System.nanoTime() < deadline) {
      send(frame);
      byte[] answer = await(type, onTheWay + patience);
      if (answer != null) {
        return body(answer);
      }
      patience = Math.min(2 * patience, LONGEST_PATIENCE_MILLIS);
    }
    throw new BoardException(Cause.SILENCE, "no answer within the time-out");
  }

  private void send(byte[] frame) throws BoardException {
    try {
      line.output().write(frame);
      line.output().flush();
    } catch (IOException gone) {
      throw new BoardException(Cause.SILENCE, "the line is gone: " + gone.getMessage());
    }
  }

  /** The answer to the present request, or null if none came in time; others are stale. */
  private byte[] await(int type, long millis) throws BoardException {
    long end = Math.min(deadline, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    try {
      for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
        byte[] frame = frames.poll(left, TimeUnit.NANOSECONDS);
        if (frame != null && answers(frame, type)) {
          return frame;
        }
      }
      return null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BoardException(Cause.SILENCE, "interrupted");
    }
  }

  private boolean answers(byte[] frame, int type) {
    if (frame.length < HEADER_BYTES) {
      return false;
    }
    ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    int answered = header.get() & 0xff;
    return (answered == (type | ANSWER) || answered == REFUSED)
        && header.getInt() == session
        && (header.getShort() & 0xffff) == sequence;
  }

  private static ByteBuffer body(byte[] answer) throws BoardException {
    byte[] body = Arrays.copyOfRange(answer, HEADER_BYTES, answer.length);
    if ((answer[0] & 0xff) == REFUSED) {
      throw refused(body.length == 1 ? body[0] : 0);
    }
    return ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static BoardException refused(int reason) {
    return switch (reason) {
      case REFUSED_SESSION -> new BoardException(Cause.SESSION_LOST, "the board was reset");
      case REFUSED_FORM, 0 -> new BoardException(Cause.BREACH, "the board refuses a request");
      default -> new BoardException(Cause.START_AGAIN, "the board lost what it was given");
    };
  }

  @Override
  public void close() {
    closed = true;
    line.close();
  }
}
