// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of another program: no input, a limited time, a limited amount of output, and nothing of
 * it left alive at the end.
 *
 * @param output standard output, one char a byte
 * @param errors standard error, one char a byte
 * @param exitStatus of the program; meaningless if it was stopped
 * @param stopped whether and why it was not left to end by itself
 */
record ChildProcess(int exitStatus, String output, String errors, Stopped stopped) {
  /** Far more than any self-test prints; a firmware that prints in a loop is stopped here. */
  private static final int MOST_OUTPUT = 64 << 20;

  /** For reading what is left in a pipe; only a process that escaped keeps one open longer. */
  private static final Duration DRAINING = Duration.ofSeconds(10);

  /** What ended a program before its time. */
  enum Stopped {
    NOT,
    TIME_OUT,
    TOO_MUCH_OUTPUT
  }

  /**
   * Runs to the end or to the limit.
   *
   * @param folder working directory
   * @throws UncheckedIOException if the program cannot be started
   */
  static ChildProcess run(List<String> command, Path folder, Duration limit) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().put("LC_ALL", "C");
    Process process;
    try {
      process = builder.start();
    } catch (IOException notStarted) {
      throw new UncheckedIOException(String.join(" ", command), notStarted);
    }
    Thread whenWeDie = new Thread(() -> kill(process));
    Runtime.getRuntime().addShutdownHook(whenWeDie);
    try {
      return await(process, command, limit);
    } finally {
      kill(process);
      forget(whenWeDie);
    }
  }

  private static void forget(Thread whenWeDie) {
    try {
      Runtime.getRuntime().removeShutdownHook(whenWeDie);
    } catch (IllegalStateException dyingAlready) {
      // Then the hook runs, and finds nothing left to kill.
    }
  }

  private static ChildProcess await(Process process, List<String> command, Duration limit) {
    Sink output = new Sink(process, process.getInputStream());
    Sink errors = new Sink(process, process.getErrorStream());
    try {
      boolean inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime) {
        kill(process);
      }
      output.join(DRAINING.toMillis());
      errors.join(DRAINING.toMillis());
      boolean flooded = output.full || errors.full;
      return new ChildProcess(
          process.waitFor(),
          output.text(),
          errors.text(),
          flooded ? Stopped.TOO_MUCH_OUTPUT : inTime ? Stopped.NOT : Stopped.TIME_OUT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command.get(0) + " ran", interrupted);
    }
  }

  /**
   * With all its descendants: a compiler driver's children outlive it otherwise. Through handles,
   * because a Process that is destroyed throws away what it printed and nobody has read yet.
   */
  private static void kill(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.toHandle().destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /** The same run, seen as one that was stopped at its limit. */
  ChildProcess timedOut() {
    return new ChildProcess(exitStatus, output, errors, Stopped.TIME_OUT);
  }

  boolean succeeded() {
    return stopped == Stopped.NOT && exitStatus == 0;
  }

  /** The end of what it said on standard error, made printable. */
  String lastErrors(int lines) {
    return PrintableText.lastLines(errors, lines);
  }

  /** Reads a stream until it ends or holds too much; then the program is killed. */
  private static final class Sink extends Thread {
    private final Process process;
    private final InputStream stream;

    /** Its methods are synchronized. */
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private volatile boolean full;

    Sink(Process process, InputStream stream) {
      super("output of a child process");
      this.process = process;
      this.stream = stream;
      setDaemon(true);
      start();
    }

    String text() {
      return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void run() {
      byte[] block = new byte[1 << 16];
      try {
        for (int n = stream.read(block); n >= 0 && !full; n = stream.read(block)) {
          bytes.write(block, 0, n);
          if (bytes.size() > MOST_OUTPUT) {
            full = true;
            kill(process);
          }
        }
      } catch (IOException closed) {
        // The process was killed while it wrote; what came before counts.
      }
    }
  }
}
