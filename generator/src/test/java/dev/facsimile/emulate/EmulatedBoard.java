// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * QEMU as a board on the desk: no semihosting, so that the self-test goes on to serve its serial
 * line, which is a pseudo-terminal of this computer.
 */
final class EmulatedBoard implements AutoCloseable {
  private static final Pattern DEVICE = Pattern.compile("redirected to (/dev/pts/[0-9]+)");

  private final Process qemu;
  private final Path device;

  private EmulatedBoard(Process qemu, Path device) {
    this.qemu = qemu;
    this.device = device;
  }

  /** Programs and starts it. */
  static EmulatedBoard start(FirmwareFolder folder, Path image) throws IOException {
    var machine = folder.target().qemu().orElseThrow();
    List<String> command = new ArrayList<>(List.of("qemu-system-arm", "-display", "none"));
    command.addAll(List.of("-machine", machine.machine(), "-monitor", "stdio"));
    for (int port = 0; port < machine.serial(); port++) {
      command.addAll(List.of("-serial", "null"));
    }
    command.addAll(List.of("-serial", "pty", "-kernel", image.toString()));
    Process qemu = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new EmulatedBoard(qemu, device(qemu));
  }

  private static Path device(Process qemu) throws IOException {
    BufferedReader said = qemu.inputReader(StandardCharsets.ISO_8859_1);
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher device = DEVICE.matcher(line);
      if (device.find()) {
        return Path.of(device.group(1));
      }
    }
    throw new IOException("QEMU has no pseudo-terminal");
  }

  Path device() {
    return device;
  }

  /** The reset button. */
  void reset() {
    tell("system_reset\n");
  }

  /** As if the processor were taken out. */
  void halt() {
    tell("stop\n");
  }

  private void tell(String command) {
    try {
      OutputStream monitor = qemu.getOutputStream();
      monitor.write(command.getBytes(StandardCharsets.US_ASCII));
      monitor.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    qemu.destroyForcibly();
  }
}
