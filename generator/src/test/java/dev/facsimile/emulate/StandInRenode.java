// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that behaves towards its caller as Renode 1.16.1 was measured to: the same command
 * line, the same language as far as the scripts use it, the firmware's words in a file letter by
 * letter, chatter on standard output, an exit status of 0 whatever happens, a firmware that runs on
 * after its verdict. The processor is QEMU's. It shows that the runner and its scripts are right as
 * far as one can without Renode; that Renode runs the firmware right, only Renode can show.
 */
final class StandInRenode {
  /** Ends as Renode does at a command it rejects: says so, goes on at nothing, status 0. */
  private static final String CONSOLE =
      """
      #!/bin/sh
      [ "$1 $2 $3 $4" = "--disable-xwt --console --plain -e" ] || { echo "unknown option"; exit 0; }
      commands=$5
      bin=$(echo "$commands" | sed 's/.*$bin=@\\([^;]*\\);.*/\\1/')
      log=$(echo "$commands" | sed 's/.*$log=@\\([^;]*\\);.*/\\1/')
      script=$(echo "$commands" | sed 's/.*; i @//')
      origin=$(dirname "$script")
      echo "Renode, version 1.16.1.0 (stand-in)"
      echo "(monitor) i @$script"
      while read -r line; do
        case $line in
          'mach create "dut"' | 'logLevel 3' | 'emulation SetGlobalAdvanceImmediately true') ;;
          'machine LoadPlatformDescription $ORIGIN/board.repl')
            grep -q '^cpu: CPU.CortexM @ sysbus' "$origin/board.repl" || exit 0 ;;
          'sysbus.'*' CreateFileBackend $log true')
            uart=${line#sysbus.}
            grep -q "^${uart%% *}: UART" "$origin/board.repl" || exit 0
            : >"$log" ;;
          'sysbus LoadELF $bin')
            [ -f "$bin" ] || { echo "There was an error executing command 'sysbus LoadELF'"; exit 0; } ;;
          'sysbus.cpu VectorTableOffset 0x'*) ;;
          'emulation RunFor "'*) break ;;
          *) echo "There was an error executing command '$line'"; exit 0 ;;
        esac
        echo "(dut) $line"
      done <"$script"
      """;

  /** No semihosting: the firmware steps over its breakpoint and serves its serial line for ever. */
  private static final String PROCESSOR =
      """
      qemu-system-arm -machine mps2-an386 -display none -monitor none -serial "file:$log" -kernel "$bin"
      """;

  private static final String TEST =
      """
      #!/bin/sh
      while [ $# -gt 1 ]; do
        case $1 in
          -r) results=$2 ;;
          --variable) eval "${2%%:*}=\\${2#*:}" ;;
        esac
        shift 2
      done
      grep -q 'Wait For Line On Uart   verdict' "$1" && [ -d "$results" ] || exit 1
      bin=$ELF log=$LOG
      """;

  private StandInRenode() {}

  /** One that runs the firmware. */
  static Path console(Path folder) {
    return write(folder.resolve("renode"), CONSOLE + PROCESSOR);
  }

  /** {@code renode-test}, which leaves as soon as its test has seen the verdict. */
  static Path test(Path folder) {
    return write(
        folder.resolve("renode-test"),
        TEST + "timeout -s KILL 30 " + PROCESSOR.strip() + " & wait\n");
  }

  /** One that gets as far as the firmware and then does this. */
  static Path instead(Path folder, String shell) {
    return write(folder.resolve("renode"), CONSOLE + shell + "\n");
  }

  private static Path write(Path program, String text) {
    try {
      Files.createDirectories(program.getParent());
      Files.writeString(program, text);
      if (!program.toFile().setExecutable(true)) {
        throw new IOException(program + " cannot be made executable");
      }
      return program;
    } catch (IOException notWritten) {
      throw new UncheckedIOException(notWritten);
    }
  }

  /** What it needs. */
  static List<String> tools() {
    return List.of(InstalledTools.CROSS_COMPILER, InstalledTools.QEMU);
  }
}
