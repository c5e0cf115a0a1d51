// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static dev.facsimile.graph.GraphChain.graph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.TensorId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code <prefix>_selftest()} of the generated code: it passes, and it finds every kind of damage.
 */
final class BootTestTest {
  private static final Pattern CONSTANT = Pattern.compile("extern const \\w+ (\\w+)\\[");

  /** Prints the result of an undamaged run, then of one run after each damage. */
  private static final String PROGRAM =
      """
      #define _DEFAULT_SOURCE
      #include <stdint.h>
      #include <stdio.h>
      #include <sys/mman.h>
      #include <unistd.h>
      #include "subject_selftest.h"
      #include "subject_weights.h"

      void damage(uint32_t layer, const char *name, const int8_t *output, uint32_t bytes);
      void count(void);

      static subject_context ctx;
      static uint32_t victim = UINT32_MAX;
      static unsigned calls;

      void damage(uint32_t layer, const char *name, const int8_t *output, uint32_t bytes)
      {
          (void)name;
          for (uint32_t i = 0; layer == victim && i < bytes; i++) {
              ((int8_t *)output)[i] ^= 0x55;
          }
      }

      void count(void)
      {
          calls++;
      }

      static void flip(const void *constant, size_t at, int bit)
      {
          const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
          uint8_t *byte = (uint8_t *)constant + at;
          void *start = (void *)((uintptr_t)byte / page * page);
          if (mprotect(start, page, PROT_READ | PROT_WRITE) != 0) {
              printf("cannot write to constants\\n");
          }
          *byte ^= (uint8_t)(1 << bit);
      }

      static void try_flip(const void *constant, size_t at, int bit)
      {
          flip(constant, at, bit);
          printf("flipped %d\\n", subject_selftest(&ctx));
          flip(constant, at, bit);
      }

      int main(void)
      {
          subject_init(&ctx);
          printf("whole %d\\n", subject_selftest(&ctx));
          printf("%s\\n", calls > 0 ? "kicked" : "not kicked");
          FLIPS
          for (victim = 0; victim < SUBJECT_LAYER_COUNT; victim++) {
              printf("layer %d\\n", subject_selftest(&ctx));
          }
          printf("whole %d\\n", subject_selftest(&ctx));
          return 0;
      }
      """;

  @TempDir private Path folder;

  private static GraphChain trunk() {
    return graph()
        .input("x", 0.05f, 3, 1, 8, 8, 3)
        .conv2d(8, 3, 2, Activation.RELU)
        .depthwiseConv2d(1, 3, 1, Activation.RELU)
        .conv2d(6, 1, 1, Activation.NONE)
        .reshape(1, 96);
  }

  private GeneratedFolder generate(Graph graph) throws Exception {
    Network network = new Network("subject", graph, List.of(), Optional.empty());
    return GeneratedFolder.write(folder.resolve("out"), network, 1);
  }

  private List<String> run(GeneratedFolder generated, String compiler) throws Exception {
    StringBuilder flips = new StringBuilder();
    CONSTANT
        .matcher(generated.files().text("src/subject_weights.h"))
        .results()
        .map(name -> name.group(1))
        .forEach(
            name ->
                flips.append(
                    "try_flip(%1$s, 0, 0);\ntry_flip(%1$s, sizeof %1$s - 1, 7);\n"
                        .formatted(name)));
    Files.writeString(folder.resolve("out/damage.c"), PROGRAM.replace("FLIPS", flips));
    return generated.runProgram(
        compiler, "damage.c", "-DSUBJECT_LAYER_HOOK=damage", "-DSUBJECT_SELFTEST_HOOK=count");
  }

  @Test
  void findsAFlippedBitOfEveryConstantAndAWrongResultOfEveryLayer() throws Exception {
    GraphChain chain = trunk();
    TensorId shared = chain.last();
    chain.fullyConnected(5, Activation.NONE).softmax(1f).output("mood");
    Graph graph = chain.from(shared).fullyConnected(2, Activation.NONE).output("logits").build();
    GeneratedFolder generated = generate(graph);
    List<String> said = run(generated, "gcc");
    assertThat(said).startsWith("whole 0", "kicked").endsWith("whole 0");
    assertThat(said.stream().filter(line -> line.startsWith("flipped")))
        .hasSizeGreaterThan(20)
        .containsOnly("flipped 1");
    assertThat(said.stream().filter(line -> line.startsWith("layer")))
        .hasSize(GeneratedFolder.plan(graph).layers().size())
        .containsOnly("layer 2");
  }

  @Test
  void aNetworkWithoutConstantsOrWithSeveralInputsPassesToo() throws Exception {
    GraphChain chain = graph().input("a", 0.05f, 3, 1, 4, 4, 2);
    TensorId first = chain.last();
    Graph sum = chain.input("b", 0.04f, -3, 1, 4, 4, 2).add(first).build();

    assertThat(run(generate(sum), "clang")).startsWith("whole 0", "not kicked").endsWith("whole 0");
  }
}
