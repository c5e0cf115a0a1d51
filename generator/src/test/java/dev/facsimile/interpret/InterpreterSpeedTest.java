// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.facts.MacCount;
import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Calibration runs thousands of images. The limit is twenty times what a current processor needs,
 * and processor time is what counts, so that a busy machine does not fail it.
 */
final class InterpreterSpeedTest {
  private static final int WARM_UP = 30;
  private static final int RUNS = 50;

  /** 1,000 images of a network of 5 million MACs in 30 s on two processors. */
  private static final double SECONDS_PER_MAC = 2 * 30.0 / (1000 * 5e6);

  private static GraphChain layers(GraphChain chain) {
    chain.conv2d(16, 3, 2, Activation.RELU);
    chain.depthwiseConv2d(1, 3, 1, Activation.RELU).conv2d(32, 1, 1, Activation.RELU);
    chain.depthwiseConv2d(1, 3, 2, Activation.RELU).conv2d(64, 1, 1, Activation.RELU);
    chain.conv2d(64, 3, 2, Activation.RELU).conv2d(64, 3, 1, Activation.NONE);
    return chain.averagePool(8, 8).reshape(1, 64).fullyConnected(12, Activation.NONE);
  }

  @Test
  void runsIntegerNetworksFastEnoughToCalibrate() {
    Graph graph = layers(GraphChain.graph().input("x", 1f / 128, 0, 1, 64, 64, 1)).build();
    IntegerInterpreter interpreter = new IntegerInterpreter(graph);
    byte[] input = new byte[64 * 64];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) (i * 37);
    }
    assertThat(secondsOf(() -> interpreter.run(List.of(input)))).isLessThan(limit(graph));
  }

  @Test
  void runsFloatNetworksFastEnoughToCalibrate() {
    Graph graph = layers(GraphChain.graph().input("x", 1, 64, 64, 1)).build();
    FloatInterpreter interpreter = new FloatInterpreter(graph);
    float[] input = new float[64 * 64];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) (i * 37) / 128f;
    }
    assertThat(secondsOf(() -> interpreter.run(List.of(input)))).isLessThan(limit(graph));
  }

  private static double limit(Graph graph) {
    return MacCount.total(graph) * SECONDS_PER_MAC;
  }

  private static double secondsOf(Runnable run) {
    for (int i = 0; i < WARM_UP; i++) {
      run.run();
    }
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < RUNS; i++) {
      run.run();
    }
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    return nanos * 1e-9 / RUNS;
  }
}
