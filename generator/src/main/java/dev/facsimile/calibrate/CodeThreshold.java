// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.graph.Network;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Task;
import dev.facsimile.quantize.Codes;

/** The threshold of a task as its integer output has it, before any tuning. */
public final class CodeThreshold {
  private CodeThreshold() {}

  /**
   * The smallest code whose real value reaches the task's threshold (its logit, where the output is
   * a logit): the answer is yes where code &gt;= threshold. One more than the largest code where no
   * code reaches it.
   *
   * @param network an integer network
   */
  public static int nominal(Network network, Task task) {
    TaskOutput output = TaskOutput.of(network, task);
    return nominal(output, network.graph().tensor(output.tensor()).perTensor());
  }

  static int nominal(TaskOutput output, Quantization.PerTensor quantization) {
    double code =
        Math.ceil(output.realThreshold() / quantization.scale() + quantization.zeroPoint());
    Codes codes = Codes.of(output.type());
    return (int) Math.max(codes.min(), Math.min(codes.max() + 1, code));
  }
}
