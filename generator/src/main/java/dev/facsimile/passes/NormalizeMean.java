// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Window;
import java.util.List;
import java.util.Optional;

/**
 * Writes an average pool over the whole image as a mean. Float graphs only.
 *
 * <pre>
 *   y = AVERAGE_POOL_2D(x) with a window as large as x   -&gt;   y = MEAN(x) over height and width
 * </pre>
 *
 * <p>Both add the pixels in the same order and divide once, so in float they are the same. They are
 * not in int8: a pool keeps the scale of its input while a mean may have one of its own, which
 * suits the smaller range of averages. That is why the mean is the normal form before quantization,
 * and why integer graphs are left as they are.
 *
 * <p>Preserves: bit-exact output.
 */
public final class NormalizeMean implements GraphPass {

  @Override
  public Optional<Graph> apply(Graph graph) {
    GraphEdit edit = new GraphEdit(graph);
    for (Op op : graph.ops()) {
      if (op instanceof Pool2d pool && isMean(graph, pool)) {
        edit.replace(
            pool, new Reduce(Reduce.Kind.MEAN, pool.input(), pool.output(), List.of(1, 2), true));
      }
    }
    return edit.isEmpty() ? Optional.empty() : Optional.of(edit.apply());
  }

  private static boolean isMean(Graph graph, Pool2d pool) {
    Shape input = graph.tensor(pool.input()).shape();
    Shape output = graph.tensor(pool.output()).shape();
    Window window = pool.window();
    return pool.function() == Pool2d.Kind.AVERAGE_POOL_2D
        && graph.tensor(pool.input()).type() == DType.FLOAT32
        && pool.activation() == Activation.NONE
        && !window.hasPadding()
        && window.kernelH() == input.dim(1)
        && window.kernelW() == input.dim(2)
        && output.dim(1) == 1
        && output.dim(2) == 1;
  }
}
