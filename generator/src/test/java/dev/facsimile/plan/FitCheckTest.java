// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import static dev.facsimile.graph.Activation.NONE;
import static dev.facsimile.graph.GraphChain.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.graph.Graph;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.target.Target;
import dev.facsimile.target.Targets;
import org.junit.jupiter.api.Test;

final class FitCheckTest {
  private static final Graph GRAPH =
      graph()
          .input("image", 0.05f, 3, 1, 8, 8, 2)
          .conv2d(4, 3, 1, NONE)
          .conv2d(16, 3, 1, NONE)
          .conv2d(2, 1, 1, NONE)
          .build();
  private static final Target TARGET = Targets.load().find("nucleo-f446re");

  @Test
  void acceptsWhatFits() {
    ExecutionPlan plan = new ExecutionPlanner(new MemoryPlanner(4)).plan(GRAPH);
    assertThatCode(() -> FitCheck.require(plan, SizeReport.of(plan, 0), TARGET, 20_000, 4096))
        .doesNotThrowAnyException();
  }

  @Test
  void namesTheLayerAtThePeakAndTheMissingBytes() {
    ExecutionPlan plan = new ExecutionPlanner(new MemoryPlanner(4)).plan(GRAPH);
    SizeReport sizes = SizeReport.of(plan, 0);
    long ram = TARGET.dataMemory().bytes();
    long flash = TARGET.codeMemory().bytes();
    assertThat(sizes.peakLayer()).isEqualTo("layer_01_conv2d");
    assertThatThrownBy(
            () -> FitCheck.require(plan, sizes, TARGET, flash, ram - sizes.contextBytes() + 1234))
        .isInstanceOfSatisfying(
            FacsimileException.class,
            e -> {
              assertThat(e.diagnostics())
                  .extracting(Diagnostic::code)
                  .containsExactly(DiagnosticCode.RAM_EXCEEDED, DiagnosticCode.FLASH_EXCEEDED);
              assertThat(e.diagnostics().get(0).message()).contains("1,234 more than");
              assertThat(e.diagnostics()).allMatch(d -> d.where().operator() == 1);
            });
  }
}
