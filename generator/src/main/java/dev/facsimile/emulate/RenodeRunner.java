// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import dev.facsimile.target.Core;
import dev.facsimile.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The folder's target as Renode emulates it from the folder's own description of the platform, on
 * this computer or in a container. Renode's exit status says nothing: what counts is what the
 * firmware wrote to its console.
 */
public final class RenodeRunner implements TargetRunner {
  /** For starting it and for stopping it, beyond the firmware's own time. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final int EXIT_OF_TIMEOUT = 124;

  private final Target target;
  private final Place place;

  /**
   * Where Renode is.
   *
   * @param words what reports add to the name
   * @param program the command
   * @param tools programs that must be on the path
   * @param obstacle why it cannot run; empty if it can
   * @param machine starts the machine that sees a folder
   */
  record Place(
      String words,
      String program,
      List<String> tools,
      Optional<String> obstacle,
      Function<Path, Machine> machine) {}

  RenodeRunner(Target target, Place place) {
    this.target = target;
    this.place = place;
  }

  /**
   * For folders of that target: the program that {@code FACSIMILE_RENODE} names, else {@code
   * renode} or {@code renode-test} on the path, else a container.
   */
  public static RenodeRunner present(Target target, InstalledTools tools) {
    return new RenodeRunner(target, RenodePlaces.find(tools));
  }

  @Override
  public String name() {
    return "renode " + target.name() + place.words();
  }

  @Override
  public List<String> tools() {
    List<String> all = new ArrayList<>(List.of(InstalledTools.CROSS_COMPILER));
    all.addAll(place.tools());
    return all;
  }

  @Override
  public Optional<String> obstacle() {
    if (target.core() == Core.CORTEX_M55) {
      return Optional.of("Renode 1.16.1 lacks most of Helium");
    }
    return place.obstacle();
  }

  @Override
  public RunResult run(FirmwareFolder folder, Duration timeout) {
    try (BuildFolder copy = BuildFolder.copyOf(folder)) {
      requirePlainPath(copy.root());
      RenodeFolder.write(folder, copy.root());
      Path image = ImageBuild.in(copy, folder, Machine.LOCAL);
      try (Machine machine = place.machine().apply(copy.root())) {
        return result(machine.run(command(image, timeout), copy.root(), timeout.plus(GRACE)));
      }
    }
  }

  private List<String> command(Path image, Duration timeout) {
    String root = image.getParent().toString();
    return List.of(
        "env",
        InstalledTools.RENODE_VARIABLE + "=" + place.program(),
        "FACSIMILE_TIMEOUT=" + Math.max(1, timeout.toSeconds()),
        "TMPDIR=" + root,
        "sh",
        RenodeFolder.SCRIPT,
        image.getFileName().toString());
  }

  /** Virtual time is instructions: a cycle counter counts them, too. */
  private RunResult result(ChildProcess process) {
    return new RunResult(
        name(),
        target.isa(),
        process.output().replace("note cycles ", "note instructions "),
        process.errors(),
        process.exitStatus(),
        process.stopped() != ChildProcess.Stopped.NOT || process.exitStatus() == EXIT_OF_TIMEOUT);
  }

  /** A path is a word of Renode's language. */
  private static void requirePlainPath(Path root) {
    if (!root.toString().matches("[A-Za-z0-9_./+-]+")) {
      throw FacsimileException.error(
          DiagnosticCode.TOOL_MISSING,
          ModelLocation.NONE,
          "Renode cannot work in '" + PrintableText.line(root.toString()) + "'",
          "name another folder for temporary files: -Djava.io.tmpdir=/tmp");
    }
  }
}
