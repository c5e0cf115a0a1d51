// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.target.MemoryRegion;
import dev.facsimile.target.QemuMachine;
import dev.facsimile.target.Target;
import dev.facsimile.target.Targets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code facsimile targets}. */
@Command(
    name = "targets",
    description = "Lists boards and machines, their cores and memories.",
    mixinStandardHelpOptions = true)
final class TargetsCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  TargetsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Target> targets = Targets.load().all();
    console.print(json ? Json.of(targets.stream().map(Row::of).toList()) + "\n" : table(targets));
    return 0;
  }

  private static String table(List<Target> targets) {
    TextTable table = new TextTable("target", "core", "flash", "RAM", "emulated by", "what it is");
    for (Target target : targets) {
      Row row = Row.of(target);
      table.row(
          row.name(),
          row.core(),
          target.isHost() ? "-" : Quantities.memory(target.codeMemory().bytes()),
          target.isHost() ? "-" : ram(target),
          row.qemu().isEmpty() ? "-" : "QEMU " + row.qemu(),
          row.title());
    }
    return table.render();
  }

  /** 320 KiB where there is one region; else each with its name. */
  private static String ram(Target target) {
    List<MemoryRegion> regions =
        target.memory().stream().filter(region -> region.kind() == MemoryRegion.Kind.RAM).toList();
    return regions.size() == 1
        ? Quantities.memory(regions.get(0).bytes())
        : regions.stream()
            .map(region -> region.name() + " " + Quantities.memory(region.bytes()))
            .collect(Collectors.joining(", "));
  }

  /** One line of the answer; {@code qemu} is empty where QEMU does not know the machine. */
  private record Row(
      String name, String title, String core, String isa, String memory, String qemu) {
    static Row of(Target target) {
      return new Row(
          target.name(),
          target.title(),
          target.core().label(),
          target.isa(),
          target.memory().stream().map(Row::region).collect(Collectors.joining(", ")),
          target.qemu().map(QemuMachine::machine).orElse(""));
    }

    private static String region(MemoryRegion region) {
      return region.name()
          + " "
          + Quantities.memory(region.bytes())
          + " at "
          + region.addressText();
    }
  }
}
