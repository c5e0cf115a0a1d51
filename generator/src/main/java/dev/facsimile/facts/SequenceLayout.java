// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Shape;

/**
 * How a recurrent layer walks through its sequences. Step {@code t} of sequence {@code b} is row
 * {@code b * batchStride + t * stepStride} of input and output.
 *
 * @param inputs elements of a row of the input
 * @param cells elements of a row of the output
 */
public record SequenceLayout(
    int batches, int steps, int batchStride, int stepStride, int inputs, int cells) {

  public static SequenceLayout of(Graph graph, Lstm op) {
    Shape input = graph.tensor(op.input()).shape();
    int batches = input.dim(op.timeMajor() ? 1 : 0);
    int steps = input.dim(op.timeMajor() ? 0 : 1);
    return new SequenceLayout(
        batches,
        steps,
        op.timeMajor() ? 1 : steps,
        op.timeMajor() ? batches : 1,
        input.dim(2),
        graph.tensor(op.output()).shape().dim(2));
  }

  public int row(int batch, int step) {
    return batch * batchStride + step * stepStride;
  }
}
