// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress of long work on a terminal; silent elsewhere, so that logs stay short. */
final class ProgressLine implements AutoCloseable {
  private final ProgressBar bar;

  ProgressLine(Console console, String what, long steps) {
    bar =
        console.isTerminal()
            ? new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .setConsumer(new ConsoleProgressBarConsumer(console.err()))
                .build()
            : null;
  }

  /** Thread-safe. */
  void advanceTo(long step) {
    if (bar != null) {
      bar.stepTo(step);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
