// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.channels;

import dev.facsimile.graph.Graph;
import dev.facsimile.passes.GraphPass;
import java.util.Optional;

/**
 * Removes channels whose value is the same whatever the input, and channels nobody reads.
 *
 * <pre>
 *   y = CONV_2D(x, w, b)                 y = CONV_2D(x, w', b')    channels 0 and 2 of 4
 *   z = CONV_2D(y, v, c)           -&gt;    z = CONV_2D(y, v', c')
 *   where filters 1 and 3 of w are zero  c' = c + what channels 1 and 3 of y always added
 * </pre>
 *
 * <p>Forwards: a channel is constant if all it depends on is. Next to padding a constant channel
 * counts only if it is the zero that the padding counts as; everywhere else its contribution moves
 * into the bias of the operator that reads it, in exact integer arithmetic, and only if no sum can
 * leave 32 bits. Backwards: a channel is needed if an output, or a weight that is not zero of a
 * needed channel, reads it. Operators that pair channels (elementwise, depthwise, pools,
 * concatenation, reshape) keep or lose a channel together with their operands.
 *
 * <p>Preserves: bit-exact output in integer graphs. In float graphs up to float rounding, because a
 * constant added to the bias is added earlier than before; exact where the constants are zero.
 */
public final class RemoveDeadChannels implements GraphPass {

  @Override
  public Optional<Graph> apply(Graph graph) {
    return ObservedConstants.of(graph)
        .flatMap(
            observed -> {
              ConstantChannels constants = ConstantChannels.of(graph, observed);
              NeededChannels needed = NeededChannels.of(graph, constants);
              KeptChannels kept = KeptChannels.of(graph, needed);
              return new SlimGraph(graph, constants, needed, kept).build();
            });
  }
}
