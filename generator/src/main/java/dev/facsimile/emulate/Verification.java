// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.FacsimileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs a folder's self-test wherever it can run and compares every line. */
public final class Verification {
  private Verification() {}

  /**
   * Runs as many at a time as there are processors; a failure of one does not keep the others from
   * running.
   *
   * @param timeout for each run, compilation not included
   * @param starting hears the name of each runner before it begins, one at a time, from any thread
   * @throws FacsimileException FIRMWARE_INVALID; what runners find is in the report
   */
  public static VerifyReport run(
      FirmwareFolder folder, Runners runners, Duration timeout, Consumer<String> starting) {
    ExpectedLines expected = ExpectedLines.of(folder);
    Object oneAtATime = new Object();
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<RunnerReport>> pending = new ArrayList<>();
      for (TargetRunner runner : runners.runners()) {
        pending.add(
            workers.submit(
                () -> {
                  synchronized (oneAtATime) {
                    starting.accept(runner.name());
                  }
                  return run(folder, runner, timeout, expected);
                }));
      }
      List<RunnerReport> reports = new ArrayList<>();
      for (Future<RunnerReport> report : pending) {
        reports.add(report.get());
      }
      return new VerifyReport(reports, runners.skipped());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while verifying", interrupted);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a runner failed", failed.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  private static RunnerReport run(
      FirmwareFolder folder, TargetRunner runner, Duration timeout, ExpectedLines expected) {
    RunResult run;
    try {
      run = runner.run(folder, timeout);
    } catch (FacsimileException refused) {
      return notRun(runner, refused.diagnostics().get(0));
    }
    SelfTestOutput said = SelfTestOutput.parse(run.output());
    Optional<Diagnostic> problem = Comparison.of(run, said, folder, expected.lines());
    return RunnerReport.of(run, said, problem, expected);
  }

  private static RunnerReport notRun(TargetRunner runner, Diagnostic why) {
    SelfTestOutput nothing =
        new SelfTestOutput(
            "",
            "",
            "",
            "",
            List.of(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(),
            SelfTestOutput.Verdict.NONE,
            Optional.of("it never ran"));
    return new RunnerReport(runner.name(), Optional.of(why), 0, 0, 0, 0, nothing);
  }
}
