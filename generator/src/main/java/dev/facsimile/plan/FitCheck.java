// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.Op;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import dev.facsimile.target.MemoryRegion;
import dev.facsimile.target.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Refuses a network that a target cannot hold, and says which layer is to blame. */
public final class FitCheck {
  private FitCheck() {}

  /**
   * Compares what is needed with the target's memory; the host has no limits.
   *
   * @param codeBytes flash for machine code, 0 where it is not measured yet
   * @param stackBytes set aside for the stack
   * @throws FacsimileException RAM_EXCEEDED at the layer at the peak of the arena, FLASH_EXCEEDED
   *     at the layer with most constants, each with the bytes that are missing; both where both are
   */
  public static void require(
      ExecutionPlan plan, SizeReport sizes, Target target, long codeBytes, long stackBytes) {
    if (target.isHost()) {
      return;
    }
    List<Diagnostic> problems = new ArrayList<>();
    MemoryRegion region = target.contextMemory(sizes.contextBytes(), stackBytes);
    long ram = sizes.contextBytes() + region.bytes() - target.room(region, stackBytes);
    if (ram > region.bytes()) {
      problems.add(
          Diagnostic.error(
              DiagnosticCode.RAM_EXCEEDED,
              location(plan, plan.graph().ops().get(plan.memory().peakStep())),
              overflow("RAM", ram, region.bytes(), target)
                  + ": most of it at this layer, %s bytes of activations"
                      .formatted(grouped(sizes.arenaBytes())),
              "shrink this layer's input or output (resolution, channels), or choose a target with"
                  + " more RAM"));
    }
    long flash = sizes.constantBytes() + codeBytes;
    if (flash > target.codeMemory().bytes()) {
      problems.add(flashProblem(plan, flash, target));
    }
    if (!problems.isEmpty()) {
      throw new FacsimileException(problems);
    }
  }

  private static Diagnostic flashProblem(ExecutionPlan plan, long flash, Target target) {
    Layer largest =
        plan.layers().stream()
            .max(Comparator.comparingInt(Layer::constantBytes))
            .orElseThrow(() -> new IllegalStateException("no layer, yet too many constants"));
    return Diagnostic.error(
        DiagnosticCode.FLASH_EXCEEDED,
        location(plan, plan.operator(largest)),
        overflow("flash", flash, target.codeMemory().bytes(), target)
            + ": the largest part is this layer, %s bytes of constants"
                .formatted(grouped(largest.constantBytes())),
        "use fewer channels in the largest layers, or choose a target with more flash");
  }

  private static String overflow(String memory, long needed, long available, Target target) {
    return "%s bytes of %s are needed, %s more than the %s of %s"
        .formatted(
            grouped(needed),
            memory,
            grouped(needed - available),
            grouped(available),
            target.name());
  }

  private static String grouped(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }

  private static ModelLocation location(ExecutionPlan plan, Op op) {
    return CallContext.location(plan.graph(), op);
  }
}
