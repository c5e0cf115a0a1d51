// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate.serial;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A serial device of this computer, opened as a file and made transparent by {@code stty}. */
public final class SerialPort implements SerialLine {
  /** A program of coreutils. */
  public static final String TOOL = "stty";

  private static final long PATIENCE_SECONDS = 5;

  private final FileInputStream input;
  private final FileOutputStream output;

  private SerialPort(FileInputStream input, FileOutputStream output) {
    this.input = input;
    this.output = output;
  }

  /**
   * Opens a device: 8 bits, no parity, no handshake, and no byte has a meaning of its own.
   *
   * @throws IOException if it cannot be opened or is no serial device
   */
  public static SerialPort open(Path device, int baud) throws IOException {
    // Beginning to read before the mode is set could swallow bytes, so the mode comes first.
    setMode(device, baud);
    FileInputStream input = new FileInputStream(device.toFile());
    try {
      return new SerialPort(input, new FileOutputStream(device.toFile()));
    } catch (IOException notWritable) {
      input.close();
      throw notWritable;
    }
  }

  /** A read gives up after a tenth of a second, so that nobody hangs on a silent line. */
  private static void setMode(Path device, int baud) throws IOException {
    String file = device.toAbsolutePath().toString();
    List<String> command =
        List.of(
            TOOL,
            "-F",
            file,
            String.valueOf(baud),
            "raw",
            "-echo",
            "-crtscts",
            "clocal",
            "min",
            "0",
            "time",
            "1");
    Process stty = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      if (!stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the device does not answer");
      }
      if (stty.exitValue() != 0) {
        String words =
            new String(stty.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1).strip();
        throw new IOException(words.isEmpty() ? "it is no serial device" : words);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } finally {
      stty.destroyForcibly();
    }
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void close() {
    try (input;
        output) {
      output.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
