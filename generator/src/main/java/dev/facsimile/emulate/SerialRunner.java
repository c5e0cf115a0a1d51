// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.emulate.serial.BoardException;
import dev.facsimile.emulate.serial.BoardLink;
import dev.facsimile.emulate.serial.SerialLine;
import dev.facsimile.emulate.serial.SerialPort;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import dev.facsimile.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A board at a serial line, with the folder's self-test already programmed into it. The vectors are
 * sent to it, and what it says of each is written down as the self-test would have printed it, so
 * that it is judged by the same rules as any other run.
 */
public final class SerialRunner implements TargetRunner {
  /** For a last answer that is on its way at the deadline. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final String name;
  private final Target target;
  private final Opening opening;

  /** How the line comes about. */
  interface Opening {
    SerialLine open() throws IOException;
  }

  /**
   * For folders of that target.
   *
   * @param device such as /dev/ttyACM0
   */
  public SerialRunner(Target target, Path device) {
    this(
        "serial " + PrintableText.line(device.toString()),
        target,
        () -> SerialPort.open(device, target.baud()));
  }

  SerialRunner(String name, Target target, Opening opening) {
    this.name = name;
    this.target = target;
    this.opening = opening;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> tools() {
    return List.of(SerialPort.TOOL);
  }

  @Override
  public RunResult run(FirmwareFolder folder, Duration timeout) {
    SerialTranscript transcript =
        new SerialTranscript(ExpectedLines.of(folder), InputVectors.of(folder));
    // In a thread of its own: a device that takes no bytes blocks whoever writes to it.
    Conversation conversation = new Conversation(open(), transcript, timeout);
    conversation.setDaemon(true);
    conversation.start();
    try {
      conversation.join(timeout.plus(GRACE).toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    String failure = conversation.failure;
    boolean timedOut = conversation.isAlive() || conversation.silent;
    return new RunResult(
        name, target.isa(), transcript.text(), failure, failure.isEmpty() ? 0 : 1, timedOut);
  }

  private SerialLine open() {
    try {
      return opening.open();
    } catch (IOException refused) {
      throw FacsimileException.error(
          DiagnosticCode.FILE_UNREADABLE,
          ModelLocation.NONE,
          "cannot open " + name + ": " + PrintableText.line(String.valueOf(refused.getMessage())),
          "check the cable, the name, and that you may use it (on Debian: the group dialout)");
    }
  }

  /** Everything that is said on the line. */
  private final class Conversation extends Thread {
    private final SerialLine line;
    private final SerialTranscript transcript;
    private final Duration limit;
    private volatile String failure = "";
    private volatile boolean silent;

    Conversation(SerialLine line, SerialTranscript transcript, Duration limit) {
      super("conversation with " + name);
      this.line = line;
      this.transcript = transcript;
      this.limit = limit;
    }

    @Override
    public void run() {
      try (BoardLink link = new BoardLink(line, target.baud(), limit)) {
        transcript.record(link);
      } catch (BoardException failed) {
        failure = PrintableText.line(failed.getMessage());
        silent = failed.kind() == BoardException.Cause.SILENCE;
      }
    }
  }
}
