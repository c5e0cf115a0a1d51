// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.emulate.ChildProcess.Stopped;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private ChildProcess shell(String script, Duration limit) {
    return ChildProcess.run(List.of("sh", "-c", script), folder, limit);
  }

  @Test
  void keepsBothStreamsAndTheStatus() {
    ChildProcess process = shell("echo out; echo err >&2; exit 3", LONG);

    assertThat(process.output()).isEqualTo("out\n");
    assertThat(process.errors()).isEqualTo("err\n");
    assertThat(process.exitStatus()).isEqualTo(3);
    assertThat(process.succeeded()).isFalse();
  }

  @Test
  void losesNothingOfMuchOutput() {
    assertThat(shell("head -c 1000000 /dev/zero | tr '\\0' x", LONG).output()).hasSize(1000000);
  }

  @Test
  void stopsAtTheLimitWithAllChildrenAndKeepsTheLastWords() {
    long start = System.nanoTime();
    ChildProcess process = shell("echo begun; sleep 300 | sleep 300", Duration.ofSeconds(1));

    assertThat(process.stopped()).isEqualTo(Stopped.TIME_OUT);
    assertThat(process.output()).isEqualTo("begun\n");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void stopsAProgramThatPrintsWithoutEnd() {
    assertThat(shell("yes", LONG).stopped()).isEqualTo(Stopped.TOO_MUCH_OUTPUT);
  }

  @Test
  void readsNothing() {
    assertThat(shell("cat", LONG).succeeded()).isTrue();
  }

  @Test
  void whatCannotStartIsNamed() {
    assertThatThrownBy(() -> ChildProcess.run(List.of("/no/such/tool"), folder, LONG))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("/no/such/tool");
  }
}
