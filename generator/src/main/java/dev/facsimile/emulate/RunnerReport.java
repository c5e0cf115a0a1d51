// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.Diagnostic;
import java.util.Optional;

/**
 * How one runner's self-test compared with the reference.
 *
 * @param runner its name: {@code qemu mps2-an386}
 * @param problem what was wrong first; empty if everything was equal
 * @param equalLines how many lines were compared and found equal
 * @param vectors how many inferences those lines report
 * @param layers layer outputs compared by CRC-32, over all vectors
 * @param outputBytes output bytes compared, over all vectors
 * @param output what the firmware said of itself: compiler, stack, instructions
 */
public record RunnerReport(
    String runner,
    Optional<Diagnostic> problem,
    int equalLines,
    int vectors,
    int layers,
    long outputBytes,
    SelfTestOutput output) {

  static RunnerReport of(
      RunResult run, SelfTestOutput said, Optional<Diagnostic> problem, ExpectedLines expected) {
    int equal = expected.equalLines(said.lines());
    ExpectedLines.Counts counts = expected.countsOfFirst(equal);
    return new RunnerReport(
        run.runner(),
        problem,
        equal,
        counts.vectors(),
        counts.layers(),
        counts.outputBytes(),
        said);
  }

  public boolean passed() {
    return problem.isEmpty();
  }
}
