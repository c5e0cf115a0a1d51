// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphBuilder;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.graph.Window;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class MemoryPlannerTest {
  private static final Window ONE = Window.valid(1, 1, 1, 1, 1, 1);

  private static MemoryPlan plan(GraphBuilder builder) {
    return new MemoryPlanner(4, false).plan(IntegerGraphs.sizesOnly(builder.build()));
  }

  private static MemoryPlan planRows(GraphBuilder builder) {
    return new MemoryPlanner(4).plan(IntegerGraphs.sizesOnly(builder.build()));
  }

  @Test
  void reshapeNeedsNoMemory() {
    GraphBuilder b = new GraphBuilder(1);
    TensorId x = b.input("x", 1, 4, 4, 2);
    TensorId y = b.reshape(x, 1, 32);
    b.output("y", y);
    MemoryPlan plan = plan(b);
    assertThat(plan.arenaBytes()).isEqualTo(32);
    assertThat(plan.slot(x)).isEqualTo(plan.slot(y));
  }

  @Test
  void elementwiseRunsInPlace() {
    GraphBuilder b = new GraphBuilder(1);
    TensorId x = b.input("x", 1, 100);
    TensorId y = b.unary(Unary.Kind.TANH, b.unary(Unary.Kind.LOGISTIC, x));
    b.output("y", y);
    assertThat(plan(b).arenaBytes()).isEqualTo(100);
  }

  @Test
  void elementwiseDoesNotOverwriteWhatIsStillRead() {
    GraphBuilder b = new GraphBuilder(1);
    TensorId x = b.input("x", 1, 100);
    TensorId y = b.unary(Unary.Kind.TANH, x);
    b.output("y", b.binary(Binary.Kind.ADD, x, y, Activation.NONE));
    assertThat(plan(b).arenaBytes()).isEqualTo(200);
  }

  @Test
  void outputsStayToTheEnd() {
    GraphBuilder b = new GraphBuilder(1);
    TensorId x = b.input("x", 1, 100);
    TensorId early = b.unary(Unary.Kind.TANH, x);
    b.output("early", early);
    b.output("late", b.unary(Unary.Kind.NEG, early));
    MemoryPlan plan = plan(b);
    assertThat(plan.arenaBytes()).isEqualTo(200);
  }

  @Test
  void headsWriteStraightIntoTheirSlotOfAConcatenation() {
    GraphBuilder b = new GraphBuilder(1);
    TensorId x = b.input("x", 1, 40);
    TensorId first = b.connected(x, 12, Activation.NONE);
    TensorId second = b.connected(x, 5, Activation.NONE);
    TensorId both = b.concat(1, first, second);
    b.output("y", both);
    MemoryPlan plan = plan(b);
    assertThat(plan.arenaBytes()).isEqualTo(60);
    assertThat(plan.slot(first).offset()).isEqualTo(plan.slot(both).offset());
    assertThat(plan.slot(second).offset()).isEqualTo(plan.slot(both).offset() + 12);
  }

  @Test
  void aTensorJoinedTwiceIsCopiedOnce() {
    GraphBuilder b = new GraphBuilder(1);
    TensorId x = b.connected(b.input("x", 1, 12), 40, Activation.NONE);
    TensorId both = b.concat(1, x, x);
    b.output("y", both);
    MemoryPlan plan = plan(b);
    assertThat(plan.slot(x).offset()).isEqualTo(plan.slot(both).offset());
  }

  @Test
  void aPointwiseConvolutionGrowsOverItsInput() {
    GraphBuilder b = new GraphBuilder(1);
    TensorId x = b.input("x", 1, 24, 24, 8);
    b.output("y", b.conv(x, 16, ONE, Activation.NONE));
    assertThat(plan(b).arenaBytes()).isEqualTo(24 * 24 * (8 + 16));
    // The output and the input's last row.
    assertThat(planRows(b).arenaBytes()).isEqualTo(24 * 24 * 16 + 24 * 8);
  }

  @Test
  void aThreeByThreeConvolutionKeepsTwoRows() {
    GraphBuilder b = new GraphBuilder(1);
    TensorId x = b.input("x", 1, 32, 32, 16);
    b.output("y", b.conv(x, 16, Window.same(32, 32, 3, 3, 1, 1, 1, 1), Activation.NONE));
    int row = 32 * 16;
    assertThat(planRows(b).arenaBytes()).isEqualTo(32 * row + 2 * row);
  }

  @Test
  void theCheckFindsATensorThatIsOverwritten() {
    GraphBuilder b = new GraphBuilder(1);
    TensorId x = b.input("x", 1, 24, 24, 8);
    TensorId y = b.conv(x, 16, ONE, Activation.NONE);
    b.output("y", y);
    Graph graph = IntegerGraphs.sizesOnly(b.build());
    MemoryPlan good = new MemoryPlanner(4).plan(graph);
    TreeMap<TensorId, Slot> slots = new TreeMap<>(good.slots());
    slots.put(x, new Slot(good.slot(x).offset() - 4, good.slot(x).bytes()));
    MemoryPlan bad =
        new MemoryPlan(good.arenaBytes(), 4, good.lowerBound(), 0, slots, good.scratch());
    assertThatThrownBy(() -> VerifyArenaHasNoOverlap.verify(graph, bad))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("CONV_2D at step 0")
        .hasMessageContaining("overwritten");
  }

  @Test
  void theResidualNetworkOfMlPerfTinyNeedsLessThanItsThreeLargestTensors() {
    GraphBuilder b = new GraphBuilder(1);
    TensorId x = b.input("x", 1, 32, 32, 3);
    TensorId trunk = conv3(b, x, 16, 1);
    for (int filters : new int[] {16, 32, 64}) {
      int stride = filters == 16 ? 1 : 2;
      TensorId branch = conv3(b, conv3(b, trunk, filters, stride), filters, 1);
      TensorId shortcut =
          stride == 1
              ? trunk
              : b.conv(trunk, filters, Window.valid(1, 1, 2, 2, 1, 1), Activation.NONE);
      trunk = b.binary(Binary.Kind.ADD, branch, shortcut, Activation.RELU);
    }
    b.output("y", trunk);
    MemoryPlan plan = plan(b);
    assertThat(plan.arenaBytes()).isEqualTo(3 * 16384).isEqualTo(plan.lowerBound());
    assertThat(planRows(b).arenaBytes()).isLessThanOrEqualTo(2 * 16384 + 3 * 512);
  }

  private static TensorId conv3(GraphBuilder b, TensorId x, int filters, int stride) {
    int size = b.shape(x).dim(1);
    Window window = Window.same(size, size, 3, 3, stride, stride, 1, 1);
    return b.conv(x, filters, window, Activation.RELU);
  }
}
