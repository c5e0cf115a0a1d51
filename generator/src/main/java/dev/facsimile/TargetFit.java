// SPDX-License-Identifier: Apache-2.0
package dev.facsimile;

import dev.facsimile.graph.Op;
import dev.facsimile.graph.Tensor;
import dev.facsimile.plan.ExecutionPlan;
import dev.facsimile.plan.Layer;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import dev.facsimile.target.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Refuses a network whose constants or arena cannot fit the target, whatever the compiler does.
 * What the code takes is known only after compilation: {@code generate} measures it where a cross
 * compiler is present, and the linker has the last word.
 */
final class TargetFit {
  private TargetFit() {}

  /**
   * Returns if nothing is known to be too large.
   *
   * @param stackBytes set aside beside the arena
   * @throws FacsimileException RAM_EXCEEDED and FLASH_EXCEEDED, with the layer to blame
   */
  static void require(ExecutionPlan plan, Target target, int stackBytes) {
    if (target.isHost()) {
      return;
    }
    List<Diagnostic> problems = new ArrayList<>();
    long ram = plan.memory().arenaBytes() + (long) stackBytes;
    long missingRam = ram - target.dataMemory().bytes();
    if (missingRam > 0) {
      problems.add(
          Diagnostic.error(
              DiagnosticCode.RAM_EXCEEDED,
              place(plan, plan.graph().ops().get(plan.memory().peakStep())),
              "the network needs %,d bytes of RAM (arena %,d, stack %,d) but %s has %,d: %,d bytes too many, most of them at this layer"
                  .formatted(
                      ram,
                      plan.memory().arenaBytes(),
                      stackBytes,
                      target.name(),
                      target.dataMemory().bytes(),
                      missingRam),
              "use a smaller input, fewer channels in the first layers, or a larger target"));
    }
    long missingFlash = plan.constantBytes() - target.codeMemory().bytes();
    if (missingFlash > 0) {
      Layer largest =
          plan.layers().stream().max(Comparator.comparingInt(Layer::constantBytes)).orElseThrow();
      problems.add(
          Diagnostic.error(
              DiagnosticCode.FLASH_EXCEEDED,
              place(plan, plan.operator(largest)),
              "the network's constants take %,d bytes of flash but %s has %,d: %,d bytes too many; this layer has the most, %,d"
                  .formatted(
                      plan.constantBytes(),
                      target.name(),
                      target.codeMemory().bytes(),
                      missingFlash,
                      largest.constantBytes()),
              "use fewer channels in this layer, or a larger target"));
    }
    if (!problems.isEmpty()) {
      throw new FacsimileException(problems);
    }
  }

  private static ModelLocation place(ExecutionPlan plan, Op op) {
    Tensor output = plan.graph().tensor(op.output());
    return new ModelLocation(output.sourceOperator(), op.kind(), output.name());
  }
}
