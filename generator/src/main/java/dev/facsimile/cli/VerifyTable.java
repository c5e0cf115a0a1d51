// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.emulate.RunnerReport;
import dev.facsimile.emulate.VerifyReport;
import dev.facsimile.report.Diagnostic;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What verification found, for people and for machines. */
final class VerifyTable {
  private VerifyTable() {}

  static String of(VerifyReport report) {
    TextTable table =
        new TextTable("ran on", "vectors", "layers", "output bytes", "stack", "instructions", "");
    for (RunnerReport run : report.runs()) {
      table.row(
          run.runner(),
          Quantities.grouped(run.vectors()),
          Quantities.grouped(run.layers()),
          Quantities.grouped(run.outputBytes()),
          number(run.output().stackUsed()),
          number(run.output().instructions()),
          run.passed() ? "equal" : "DIFFERENT");
    }
    return table.render();
  }

  private static String number(OptionalInt value) {
    return value.isPresent() ? Quantities.grouped(value.getAsInt()) : "-";
  }

  private static String number(OptionalLong value) {
    return value.isPresent() ? Quantities.grouped(value.getAsLong()) : "-";
  }

  /** The answer to --json. */
  static Answer forMachines(VerifyReport report) {
    return new Answer(
        report.passed(), report.runs().stream().map(Run::of).toList(), report.skipped());
  }

  record Answer(boolean passed, List<Run> runs, List<String> skipped) {}

  /** One runner; counts are of what was found equal. */
  record Run(
      String runner,
      boolean passed,
      String problem,
      int vectors,
      int layers,
      long outputBytes,
      String variants,
      String isa,
      String compiler,
      OptionalInt stackUsed,
      OptionalLong instructions,
      OptionalLong cycles,
      List<Long> layerCycles) {
    static Run of(RunnerReport report) {
      return new Run(
          report.runner(),
          report.passed(),
          report.problem().map(Diagnostic::toString).orElse(""),
          report.vectors(),
          report.layers(),
          report.outputBytes(),
          report.output().variants(),
          report.output().isa(),
          report.output().compiler(),
          report.output().stackUsed(),
          report.output().instructions(),
          report.output().cycles(),
          report.output().layerCycles());
    }
  }
}
