// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * What verification found.
 *
 * @param runs one a runner, in the order in which they ran
 * @param skipped one line a runner that could not run here, saying why
 */
public record VerifyReport(List<RunnerReport> runs, List<String> skipped) {
  public VerifyReport {
    runs = List.copyOf(runs);
    skipped = List.copyOf(skipped);
  }

  /** Something ran, and all that ran was equal. */
  public boolean passed() {
    return !runs.isEmpty() && runs.stream().allMatch(RunnerReport::passed);
  }

  /** One a runner that found something wrong. */
  public List<Diagnostic> problems() {
    return runs.stream().map(RunnerReport::problem).flatMap(Optional::stream).toList();
  }
}
