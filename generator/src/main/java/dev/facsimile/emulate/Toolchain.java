// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import dev.facsimile.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiler and the options this tool calls it with.
 *
 * @param compiler gcc, clang or arm-none-eabi-gcc
 * @param options for compiling and linking
 * @param machine where it runs
 */
record Toolchain(String compiler, List<String> options, Machine machine) {
  private static final Duration LONGEST_COMPILATION = Duration.ofMinutes(10);
  private static final int LINES_OF_ERRORS = 20;

  /** Clean under all of these is part of what generated code promises. */
  private static final List<String> DIALECT =
      List.of(
          "-std=c99",
          "-ffunction-sections",
          "-fdata-sections",
          "-Wall",
          "-Wextra",
          "-Wpedantic",
          "-Wconversion",
          "-Wshadow",
          "-Wmissing-prototypes",
          "-Werror");

  /**
   * Without warnings: gcc's manual advises against -Werror beside sanitizers, whose checks make its
   * flow analysis see what is not there. Optimized little: gcc needs four times as long for more.
   */
  private static final List<String> SANITIZERS =
      List.of(
          "-w",
          "-O1",
          "-g1",
          "-fsanitize=address,undefined",
          "-fno-sanitize-recover=all",
          "-fno-omit-frame-pointer");

  /** For this computer, as a user compiles: clean under every warning. */
  static Toolchain strict(String compiler) {
    return new Toolchain(compiler, List.of("-O2"), Machine.LOCAL);
  }

  /** For this computer, under AddressSanitizer and UndefinedBehaviorSanitizer. */
  static Toolchain sanitized(String compiler) {
    return new Toolchain(compiler, SANITIZERS, Machine.LOCAL);
  }

  /** For a microcontroller; writes stack and call graph files beside the objects. */
  static Toolchain cross(Target target, Machine machine) {
    List<String> options = new ArrayList<>(target.compilerFlags());
    options.add("-O2");
    options.add("-fcallgraph-info=su");
    return new Toolchain(InstalledTools.CROSS_COMPILER, options, machine);
  }

  /**
   * Compiles each source to {@code <objectFolder>/<number>.o}.
   *
   * @param sources relative to the build folder
   * @param extra options of this kind of build
   * @throws FacsimileException BUILD_FAILED with the compiler's last lines
   */
  List<String> compile(Path root, String objectFolder, List<String> sources, List<String> extra) {
    List<String> objects = new ArrayList<>();
    // By the machine, for there the compiler may be another user.
    build(root, List.of("mkdir", "-p", objectFolder), objectFolder);
    for (String source : sources) {
      String object = objectFolder + "/" + objects.size() + ".o";
      List<String> command = new ArrayList<>();
      command.add(compiler);
      command.addAll(DIALECT);
      command.addAll(options);
      command.addAll(extra);
      command.addAll(List.of("-c", source, "-o", object));
      build(root, command, source);
      objects.add(object);
    }
    return objects;
  }

  /** Links objects with the options of this toolchain. */
  void link(Path root, List<String> objects, List<String> extra, String image) {
    List<String> command = new ArrayList<>();
    command.add(compiler);
    command.addAll(options.stream().filter(option -> !option.startsWith("-fcallgraph")).toList());
    command.addAll(extra);
    command.addAll(objects);
    command.addAll(List.of("-o", image));
    build(root, command, image);
  }

  /** Copies a cross-compiled object, giving one function another name and hiding all others. */
  void rename(Path root, String object, String function, String newName, String result) {
    build(
        root,
        List.of(
            "arm-none-eabi-objcopy",
            "--redefine-sym",
            function + "=" + newName,
            "--keep-global-symbol=" + newName,
            object,
            result),
        result);
  }

  private void build(Path root, List<String> command, String what) {
    ChildProcess process = machine.run(command, root, LONGEST_COMPILATION);
    if (!process.succeeded()) {
      throw FacsimileException.error(
          DiagnosticCode.BUILD_FAILED,
          ModelLocation.NONE,
          command.get(0) + " refused " + what + process.lastErrors(LINES_OF_ERRORS),
          "if the folder is as it was generated, please report this with the model");
    }
  }
}
