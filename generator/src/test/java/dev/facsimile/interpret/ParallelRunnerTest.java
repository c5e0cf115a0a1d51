// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParallelRunnerTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void keepsTheOrderOfTheInputs(int threads) {
    List<Integer> progress = new ArrayList<>();
    List<String> results =
        new ParallelRunner(threads)
            .map(50, () -> "worker", (worker, index) -> worker + index, progress::add);
    assertThat(results)
        .containsExactlyElementsOf(IntStream.range(0, 50).mapToObj(i -> "worker" + i).toList());
    assertThat(progress).containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
  }

  @Test
  void givesEachThreadOneWorker() {
    List<Object> workers = new ArrayList<>();
    new ParallelRunner(3)
        .map(
            100,
            () -> {
              synchronized (workers) {
                workers.add(workers.size());
                return workers;
              }
            },
            (worker, index) -> index);
    assertThat(workers).hasSizeBetween(1, 3);
  }

  @Test
  void doesNothingForNothing() {
    assertThat(new ParallelRunner(2).map(0, () -> "", (worker, index) -> index)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void throwsWhatTheWorkThrows(int threads) {
    assertThatThrownBy(
            () ->
                new ParallelRunner(threads)
                    .map(
                        1000,
                        () -> "",
                        (worker, index) -> {
                          if (index == 3) {
                            throw new IllegalArgumentException("input 3");
                          }
                          return index;
                        }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input 3");
  }
}
