// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.GraphChain;
import java.nio.file.Path;

/** A small generated folder, called subject, that the tests of packaging give to build systems. */
final class PackagedNetwork {
  /** Ends with 0 if the network computes on this device what the interpreter did. */
  static final String MAIN =
      """
      #include "subject.h"
      #include "subject_selftest.h"

      static subject_context context;

      int main(void)
      {
          subject_init(&context);
          return subject_selftest(&context) == SUBJECT_SELFTEST_PASSED ? 0 : 1;
      }
      """;

  private PackagedNetwork() {}

  static FirmwareFolder write(Path root, String target) {
    return GeneratedFirmware.write(
        GraphChain.graph()
            .input("x", 0.05f, 3, 1, 6, 6, 3)
            .conv2d(4, 3, 2, Activation.RELU)
            .reshape(1, 36)
            .fullyConnected(5, Activation.NONE)
            .softmax(1f)
            .output("y")
            .build(),
        target,
        1,
        root);
  }

  static void assertSucceeded(ChildProcess process) {
    assertThat(process.succeeded()).as(process.output() + process.errors()).isTrue();
  }
}
