// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static dev.facsimile.graph.Activation.NONE;
import static dev.facsimile.graph.GraphChain.graph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.quantize.Codes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the accessors of int16 outputs answer, also beside an int8 output. */
final class WideAccessorsTest {
  private static final String PROGRAM =
      """
      #include <stdio.h>
      #include "faces.h"
      int main(void)
      {
          static faces_context ctx;
          faces_init(&ctx);
          for (int i = 0; i < 16; i++) {
              faces_input_features(&ctx)[i] = (int16_t)(i * 3500 - 26000);
          }
          faces_run(&ctx);
          for (int task = 0; task < FACES_TASK_COUNT; task++) {
              printf("%d %d %d %d %d %u\\n", faces_logit_q(&ctx, task), faces_threshold(&ctx, task),
                     faces_active(&ctx, task), faces_probability_q15(&ctx, task),
                     faces_value_q16(&ctx, task, 0), faces_class(&ctx, task));
          }
          faces_set_threshold(&ctx, FACES_logit, 32768);
          printf("%d\\n", faces_active(&ctx, FACES_logit));
          faces_set_threshold(&ctx, FACES_logit, -32768);
          printf("%d\\n", faces_active(&ctx, FACES_logit));
          return 0;
      }
      """;

  @TempDir private Path folder;

  private static Graph heads() {
    GraphChain chain = graph().input16("features", 1e-4f, 1, 16).scaled(2e-4f, 0);
    TensorId trunk = chain.last();
    chain.fullyConnected(1, NONE).output("logit");
    chain.from(trunk).fullyConnected(2, NONE).unary(Unary.Kind.LOGISTIC).output("probability");
    chain.from(trunk).scaled(5e-4f, 0).fullyConnected(3, NONE).output("intensity");
    chain.from(trunk).fullyConnected(5, NONE).softmax(1f).output("mood");
    return chain.from(trunk).fullyConnected(1, NONE).quantize(0.05f, 7).output("small").build();
  }

  private static Task task(String name, String output, int channel, int channels, Task.Kind kind) {
    double max = kind == Task.Kind.INTENSITY ? 5 : 0;
    return new Task(name, output, channel, channels, kind, 0.4, 1, 0.01, 0, max);
  }

  @Test
  void answerLikeTheReference() throws Exception {
    List<Task> tasks =
        List.of(
            task("logit", "logit", 0, 1, Task.Kind.OCCURRENCE),
            task("second", "probability", 1, 1, Task.Kind.OCCURRENCE),
            task("intensity", "intensity", 2, 1, Task.Kind.INTENSITY),
            task("mood", "mood", 0, 5, Task.Kind.CLASSES),
            task("small", "small", 0, 1, Task.Kind.OCCURRENCE));
    Network network = new Network("faces", heads(), tasks, Optional.empty());
    GeneratedFolder generated = GeneratedFolder.write(folder.resolve("out"), network, 1);
    Files.writeString(folder.resolve("out/ask.c"), PROGRAM);
    List<String> answers = generated.runProgram("gcc", "ask.c");

    byte[] features = new byte[32];
    for (int i = 0; i < 16; i++) {
      Codes.INT16.put(features, i, i * 3500 - 26000);
    }
    List<byte[]> outputs = new IntegerInterpreter(network.graph()).run(List.of(features));
    for (int i = 0; i < tasks.size(); i++) {
      assertAnswers(network, tasks.get(i), i, outputs.get(i), answers.get(i));
    }
    assertThat(answers.subList(5, 7)).containsExactly("0", "1");
  }

  private static void assertAnswers(
      Network network, Task task, int index, byte[] memory, String line) {
    Tensor output = network.graph().tensor(network.graph().outputs().get(index).tensor());
    Quantization.PerTensor quantization = output.perTensor();
    Codes codes = Codes.of(output);
    int[] all = codes.toInts(memory, output.shape().elements());
    int code = all[task.channel()];
    double real = (code - quantization.zeroPoint()) * (double) quantization.scale();
    boolean occurrence = task.kind() == Task.Kind.OCCURRENCE;
    double probability = index == 1 ? real : 1 / (1 + Math.exp(-real));
    int threshold =
        occurrence
            ? ProbabilityTable.thresholdCode(codes, 0.4, quantization, index == 1)
            : codes.max() + 1;
    int best = 0;
    for (int i = 1; i < all.length; i++) {
      best = all[i] > all[best] ? i : best;
    }
    String[] said = line.split(" ", -1);
    assertThat(said[0]).isEqualTo(String.valueOf(code));
    assertThat(said[1]).isEqualTo(String.valueOf(threshold));
    assertThat(said[2]).isEqualTo(occurrence && probability >= 0.4 ? "1" : "0");
    assertThat((double) Integer.parseInt(said[3]))
        .isCloseTo(occurrence ? probability * 32768 : 0, Offset.offset(3.0));
    assertThat(said[4]).isEqualTo(String.format(Locale.ROOT, "%d", Math.round(real * 65536)));
    if (task.kind() == Task.Kind.CLASSES) {
      assertThat(said[5]).isEqualTo(String.valueOf(best));
    }
  }
}
