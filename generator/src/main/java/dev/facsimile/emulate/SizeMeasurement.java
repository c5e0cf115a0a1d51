// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a network takes of its target, measured on compiled code: everything in bytes.
 *
 * @param code machine code of network and kernels
 * @param constants weights, tables and parameters
 * @param ram the caller's context; the network has no variables of its own
 * @param stack most that the run function and all it calls can take; empty where the compiler
 *     cannot prove it
 * @param bootTest what {@code <prefix>_selftest} takes; empty where the folder has none
 * @param imageFlash the whole self-test with its vectors
 * @param imageRam the same, with the stack set aside for it
 */
public record SizeMeasurement(
    long code,
    long constants,
    long ram,
    OptionalInt stack,
    Optional<BootTest> bootTest,
    long imageFlash,
    long imageRam) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /**
   * The test that a product may run at its start.
   *
   * @param flash code and constants besides the network's
   * @param stack most that it and all it calls can take, the network included
   */
  public record BootTest(long flash, OptionalInt stack) {}

  /** What has to be flashed for the network. */
  public long flash() {
    return code + constants;
  }

  /** Programs that measuring needs. */
  public static List<String> tools() {
    return List.of(InstalledTools.CROSS_COMPILER, "arm-none-eabi-size", "arm-none-eabi-nm");
  }

  /**
   * Cross-compiles the folder for its target in a temporary copy: once as a product has it, without
   * the layer hook, and once as the self-test.
   *
   * @param folder whose target is not the host
   * @throws FacsimileException BUILD_FAILED, with the linker's words where the self-test does not
   *     fit
   */
  public static SizeMeasurement of(FirmwareFolder folder) {
    try (BuildFolder copy = BuildFolder.copyOf(folder)) {
      Path root = copy.root();
      ImageBuild.in(copy, folder, Machine.LOCAL);
      int sources = copy.networkSources().size();
      Sections network = sections(root, objects(0, sources));
      StackUsage stacks = StackUsage.of(callGraphs(root.resolve(ImageBuild.PRODUCT)));
      Sections image = sections(root, List.of(ImageBuild.IMAGE));
      return new SizeMeasurement(
          network.code,
          network.constants + network.data,
          contextBytes(root) + network.data + network.zero,
          stacks.of(folder.prefix() + "_run"),
          folder.optionalSources().isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new BootTest(
                      sections(root, objects(sources, 1)).flash(),
                      stacks.of(folder.prefix() + "_selftest"))),
          image.code + image.constants + image.data,
          image.data + image.zero);
    }
  }

  private static List<String> objects(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> ImageBuild.PRODUCT + "/" + i + ".o")
        .toList();
  }

  /** Sums over the sections that take memory. */
  private record Sections(long code, long constants, long data, long zero) {
    long flash() {
      return code + constants + data;
    }
  }

  private static Sections sections(Path root, List<String> files) {
    List<String> command = new ArrayList<>(List.of("arm-none-eabi-size", "-A", "-d"));
    command.addAll(files);
    long code = 0;
    long constants = 0;
    long data = 0;
    long zero = 0;
    for (String line : tool(root, command).lines().toList()) {
      String[] fields = line.trim().split("\\s+", -1);
      if (fields.length != 3 || !fields[1].matches("[0-9]+")) {
        continue;
      }
      long bytes = Long.parseLong(fields[1]);
      String name = fields[0];
      if (name.startsWith(".text")) {
        code += bytes;
      } else if (name.startsWith(".rodata") || name.startsWith(".ARM.ex")) {
        constants += bytes;
      } else if (name.startsWith(".data")) {
        data += bytes;
      } else if (name.startsWith(".bss") || name.equals(".stack")) {
        zero += bytes;
      }
    }
    return new Sections(code, constants, data, zero);
  }

  /** The self-test's one instance of the network's context. */
  private static long contextBytes(Path root) {
    List<String> command = List.of("arm-none-eabi-nm", "-S", ImageBuild.IMAGE);
    for (String line : tool(root, command).lines().toList()) {
      String[] fields = line.split(" ", -1);
      if (fields.length == 4 && fields[3].equals("context")) {
        return Long.parseLong(fields[1], 16);
      }
    }
    throw FacsimileException.error(
        DiagnosticCode.FIRMWARE_INVALID,
        ModelLocation.NONE,
        "the self-test has no variable 'context'",
        "generate the folder again");
  }

  private static List<String> callGraphs(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> contents = new ArrayList<>();
      for (Path file : files.filter(path -> path.toString().endsWith(".ci")).sorted().toList()) {
        contents.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
      return contents;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String tool(Path root, List<String> command) {
    ChildProcess process = ChildProcess.run(command, root, PATIENCE);
    if (!process.succeeded()) {
      throw new IllegalStateException(command.get(0) + " failed:" + process.lastErrors(5));
    }
    return process.output();
  }
}
