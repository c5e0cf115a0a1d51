// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.calibrate.Progress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress of long work on a terminal, one bar at a time; silent elsewhere, so that logs stay
 * short.
 */
final class ProgressLine implements Progress, AutoCloseable {
  private final Console console;
  private String stage = "";
  private ProgressBar bar;

  ProgressLine(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void advanced(String newStage, long done, long total) {
    if (!console.isTerminal()) {
      return;
    }
    if (!newStage.equals(stage)) {
      close();
      stage = newStage;
      bar =
          new ProgressBarBuilder()
              .setTaskName("  " + newStage)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(100)
              .clearDisplayOnFinish()
              .setConsumer(new ConsoleProgressBarConsumer(console.err()))
              .build();
    }
    bar.stepTo(done);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      stage = "";
    }
  }
}
