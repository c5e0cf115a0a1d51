// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import dev.facsimile.target.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The runners that can verify a target here.
 *
 * @param runners ready to run
 * @param skipped one line for each that cannot run here, saying why
 */
public record Runners(List<TargetRunner> runners, List<String> skipped) {
  private static final String HOST = "host";
  private static final String QEMU = "qemu";
  private static final String DOCKER = "docker";
  private static final String RENODE = "renode";
  private static final String SERIAL = "serial:";

  public Runners {
    runners = List.copyOf(runners);
    skipped = List.copyOf(skipped);
  }

  /**
   * All whose programs are present.
   *
   * @throws FacsimileException TOOL_MISSING if there is none: nothing verified is no success
   */
  public static Runners present(Target target, InstalledTools tools) {
    List<TargetRunner> all = new ArrayList<>(host());
    if (target.qemu().isPresent()) {
      all.add(new QemuRunner(target));
      all.add(new ContainerRunner(target));
    }
    if (!target.isHost()) {
      all.add(RenodeRunner.present(target, tools));
    }
    return those(all, tools, "verification");
  }

  /**
   * The ones the user asked for.
   *
   * @param names host, qemu, docker, renode, serial:DEVICE
   * @throws FacsimileException TOOL_MISSING if one of them cannot run, TARGET_UNKNOWN for another
   *     name or a target that QEMU does not emulate
   */
  public static Runners named(List<String> names, Target target, InstalledTools tools) {
    List<TargetRunner> runners = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (String name : names) {
      Runners some = those(named(name, target, tools), tools, "--on " + name);
      runners.addAll(some.runners());
      skipped.addAll(some.skipped());
    }
    return new Runners(runners, skipped);
  }

  private static List<TargetRunner> named(String name, Target target, InstalledTools tools) {
    if (name.startsWith(SERIAL) && name.length() > SERIAL.length() && !target.isHost()) {
      return List.of(new SerialRunner(target, Path.of(name.substring(SERIAL.length()))));
    }
    if (name.equals(RENODE) && !target.isHost()) {
      return List.of(RenodeRunner.present(target, tools));
    }
    return switch (name) {
      case HOST -> host();
      case QEMU -> List.of(new QemuRunner(target));
      case DOCKER -> List.of(new ContainerRunner(target));
      default ->
          throw FacsimileException.error(
              DiagnosticCode.TARGET_UNKNOWN,
              ModelLocation.NONE,
              "cannot verify on '" + ModelLocation.printable(name) + "'",
              "one of " + String.join(", ", HOST, QEMU, DOCKER, RENODE, SERIAL + "DEVICE"));
    };
  }

  private static List<TargetRunner> host() {
    return List.of(new HostRunner("gcc"), new HostRunner("clang"));
  }

  private static Runners those(List<TargetRunner> all, InstalledTools tools, String purpose) {
    List<TargetRunner> ready = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (TargetRunner runner : all) {
      List<String> missing = tools.missing(runner.tools());
      Optional<String> obstacle =
          missing.isEmpty()
              ? runner.obstacle()
              : Optional.of("no " + String.join(", no ", missing));
      if (obstacle.isEmpty()) {
        ready.add(runner);
      } else {
        skipped.add("skipped " + runner.name() + ": " + obstacle.get());
      }
    }
    if (ready.isEmpty()) {
      tools.require(all.get(0).tools(), purpose);
      throw FacsimileException.error(
          DiagnosticCode.TOOL_MISSING,
          ModelLocation.NONE,
          purpose + ": " + String.join("; ", skipped),
          "docker/README.md says how the images are built");
    }
    return new Runners(ready, skipped);
  }
}
