// SPDX-License-Identifier: Apache-2.0
package dev.facsimile;

import dev.facsimile.emit.FileTree;
import dev.facsimile.plan.ExecutionPlan;
import dev.facsimile.plan.SizeReport;
import dev.facsimile.target.Target;

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
    FileTree files) {}
