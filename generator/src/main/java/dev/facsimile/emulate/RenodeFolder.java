// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import dev.facsimile.target.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * What Renode reads in a build folder: the platform as the firmware folder describes it, and the
 * tool's own scripts instead of the folder's, which could run anything.
 */
final class RenodeFolder {
  /** Starts Renode and watches it; relative to the build folder. */
  static final String SCRIPT = "emulate/run-renode.sh";

  private static final String PLATFORM = "emulate/board.repl";
  private static final long MOST_BYTES = 64 << 10;

  /** Longer than anybody waits: the script ends a run by the clock on the wall. */
  private static final String VIRTUAL_SECONDS = "36000";

  private static final String VIRTUAL_TIME = "10:00:00";

  private static final String RESC =
      """
      mach create "dut"
      machine LoadPlatformDescription $ORIGIN/board.repl
      logLevel 3
      sysbus.%1$s CreateFileBackend $log true
      sysbus LoadELF $bin
      sysbus.cpu VectorTableOffset %2$s
      emulation SetGlobalAdvanceImmediately true
      emulation RunFor "%3$s"
      quit
      """;

  private static final String ROBOT =
      """
      *** Settings ***
      Suite Setup      Setup
      Suite Teardown   Teardown
      Test Setup       Reset Emulation
      Test Teardown    Test Teardown
      Resource         ${RENODEKEYWORDS}

      *** Test Cases ***
      Self-Test Ends With A Verdict
          Execute Command         mach create "dut"
          Execute Command         machine LoadPlatformDescription @${CURDIR}/board.repl
          Execute Command         sysbus.%1$s CreateFileBackend @${LOG} true
          Execute Command         sysbus LoadELF @${ELF}
          Execute Command         sysbus.cpu VectorTableOffset %2$s
          Execute Command         emulation SetGlobalAdvanceImmediately true
          Create Terminal Tester  sysbus.%1$s  timeout=%4$s  defaultPauseEmulation=true
          Start Emulation
          Wait For Line On Uart   verdict
      """;

  private RenodeFolder() {}

  /**
   * Writes the files into a build folder.
   *
   * @throws FacsimileException FIRMWARE_INVALID if the folder's platform is missing or changed
   */
  static void write(FirmwareFolder folder, Path root) {
    String platform = platform(folder.root().resolve(PLATFORM));
    String console = PlatformFile.parse(platform).console().name();
    try {
      Files.createDirectories(root.resolve(PLATFORM).getParent());
      Files.writeString(root.resolve(PLATFORM), platform);
      Files.writeString(root.resolve("emulate/run.resc"), fill(RESC, console, folder.target()));
      Files.writeString(
          root.resolve("emulate/selftest.robot"), fill(ROBOT, console, folder.target()));
      Files.write(root.resolve(SCRIPT), script());
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private static String fill(String text, String console, Target target) {
    return text.formatted(
        console, target.codeMemory().addressText(), VIRTUAL_TIME, VIRTUAL_SECONDS);
  }

  private static String platform(Path file) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_BYTES) {
        throw invalid("the folder has no " + PLATFORM);
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw invalid(PLATFORM + " cannot be read: " + unreadable.getMessage());
    }
  }

  private static byte[] script() throws IOException {
    try (InputStream script = RenodeFolder.class.getResourceAsStream("/templates/" + SCRIPT)) {
      if (script == null) {
        throw new IllegalStateException("the tool lacks its file templates/" + SCRIPT);
      }
      return script.readAllBytes();
    }
  }

  private static FacsimileException invalid(String message) {
    return FacsimileException.error(
        DiagnosticCode.FIRMWARE_INVALID,
        ModelLocation.NONE,
        PrintableText.line(message),
        "generate the folder again");
  }
}
