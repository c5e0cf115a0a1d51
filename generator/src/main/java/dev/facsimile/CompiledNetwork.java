// SPDX-License-Identifier: Apache-2.0
package dev.facsimile;

import dev.facsimile.emit.FileTree;
import dev.facsimile.plan.ExecutionPlan;
import dev.facsimile.plan.SizeReport;
import dev.facsimile.target.Target;
import dev.facsimile.tflite.TfliteWriter;

/**
 * What a compilation made.
 *
 * @param macsBefore multiply-accumulates of the network as it came; the plan has those that are
 *     left
 * @param files of the firmware folder
 */
public record CompiledNetwork(
    Quantized quantized,
    long macsBefore,
    ExecutionPlan plan,
    SizeReport sizes,
    Target target,
    FileTree files) {

  /**
   * The integer network as a .tflite that computes the same bytes.
   *
   * @throws dev.facsimile.report.FacsimileException TFLITE_INEXPRESSIBLE with every operator that
   *     TensorFlow Lite does not have in integers
   */
  public byte[] tflite() {
    return TfliteWriter.write(quantized.network().graph()).bytes();
  }
}
