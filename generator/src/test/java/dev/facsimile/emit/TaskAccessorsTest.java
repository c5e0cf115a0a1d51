// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static dev.facsimile.graph.Activation.NONE;
import static dev.facsimile.graph.GraphChain.graph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.dataset.DefaultTasks;
import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.quantize.AffineMapping;
import dev.facsimile.quantize.Codes;
import dev.facsimile.quantize.PixelCodes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the generated accessors answer, against the same questions asked in Java. */
final class TaskAccessorsTest {
  private static final String PROGRAM =
      """
      #include <stdio.h>
      #include "faces.h"
      int main(void)
      {
          static faces_context ctx;
          static uint8_t pixels[16];
          for (int i = 0; i < 16; i++) {
              pixels[i] = (uint8_t)(i * 17);
          }
          faces_init(&ctx);
          faces_set_image_u8(&ctx, pixels);
          faces_run(&ctx);
          for (int task = 0; task < FACES_TASK_COUNT; task++) {
              printf("%d %d %d %d %d %u\\n", faces_logit_q(&ctx, task), faces_threshold(&ctx, task),
                     faces_active(&ctx, task), faces_probability_q15(&ctx, task),
                     faces_value_q16(&ctx, task, 0), faces_class(&ctx, task));
          }
          faces_set_threshold(&ctx, FACES_logit, -128);
          printf("%d\\n", faces_active(&ctx, FACES_logit));
          return 0;
      }
      """;

  @TempDir private Path folder;

  private static Graph heads() {
    GraphChain chain =
        graph()
            .input("image", 0.02f, -28, 1, 4, 4, 1)
            .scaled(0.1f, 4)
            .conv2d(4, 3, 2, NONE)
            .reshape(1, 16);
    TensorId trunk = chain.last();
    chain.fullyConnected(1, NONE).output("logit");
    chain.from(trunk).fullyConnected(2, NONE).unary(Unary.Kind.LOGISTIC).output("probability");
    chain.from(trunk).scaled(0.03f, -100).fullyConnected(3, NONE).output("intensity");
    return chain
        .from(trunk)
        .scaled(0.1f, 4)
        .fullyConnected(5, NONE)
        .softmax(1f)
        .output("mood")
        .build();
  }

  private static Task task(String name, int channel, int channels, Task.Kind kind) {
    double max = kind == Task.Kind.INTENSITY ? 5 : 0;
    String output = name.equals("second") ? "probability" : name;
    return new Task(name, output, channel, channels, kind, 0.4, 1, 0.01, 0, max);
  }

  @Test
  void answerLikeTheReference() throws Exception {
    InputImage image = new InputImage(InputImage.Format.GRAY8, 4, 4, 100, 50);
    List<Task> tasks =
        List.of(
            task("logit", 0, 1, Task.Kind.OCCURRENCE),
            task("second", 1, 1, Task.Kind.OCCURRENCE),
            task("intensity", 2, 1, Task.Kind.INTENSITY),
            task("mood", 0, 5, Task.Kind.CLASSES));
    Network network = new Network("faces", heads(), tasks, Optional.of(image));
    GeneratedFolder generated = GeneratedFolder.write(folder.resolve("out"), network, 1);
    Files.writeString(folder.resolve("out/ask.c"), PROGRAM);
    List<String> answers = generated.runProgram("gcc", "ask.c");
    assertThat(answers).isEqualTo(expected(network, image));
  }

  private static List<String> expected(Network network, InputImage image) {
    Graph graph = network.graph();
    byte[] pixels = new byte[16];
    for (int i = 0; i < 16; i++) {
      pixels[i] = (byte) (i * 17);
    }
    PixelCodes coding =
        new PixelCodes(image, graph.tensor(graph.inputs().get(0).tensor()).perTensor());
    List<byte[]> outputs = new IntegerInterpreter(graph).run(List.of(coding.codes(pixels)));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Task task = network.tasks().get(i);
      Quantization.PerTensor quantization =
          graph.tensor(graph.outputs().get(i).tensor()).perTensor();
      byte[] codes = outputs.get(i);
      byte code = codes[task.channel()];
      double real = AffineMapping.dequantize(code, quantization);
      boolean occurrence = task.kind() == Task.Kind.OCCURRENCE;
      double probability = i == 0 ? 1 / (1 + Math.exp(-real)) : real;
      int threshold =
          occurrence ? ProbabilityTable.thresholdCode(Codes.INT8, 0.4, quantization, i == 1) : 128;
      double scale = quantization.scale();
      lines.add(
          "%s %s %s %s %s %s"
              .formatted(
                  code,
                  threshold,
                  occurrence && probability >= 0.4 ? 1 : 0,
                  occurrence ? Math.round(probability * 32768) : 0,
                  Math.round((code - quantization.zeroPoint()) * scale * 65536),
                  task.kind() == Task.Kind.CLASSES ? largest(codes) : 0));
    }
    lines.add("1");
    return lines;
  }

  private static int largest(byte[] codes) {
    int best = 0;
    for (int i = 1; i < codes.length; i++) {
      best = codes[i] > codes[best] ? i : best;
    }
    return best;
  }

  private static final String MAP_PROGRAM =
      """
      #include <stdio.h>
      #include "faces.h"
      int main(void)
      {
          static faces_context ctx;
          faces_init(&ctx);
          for (int i = 0; i < 16; i++) {
              faces_input_image(&ctx)[i] = (int8_t)(i * 13 - 100);
          }
          faces_run(&ctx);
          printf("%u %u %u\\n", faces_positions(FACES_parts), faces_positions(FACES_offset),
                 faces_positions(FACES_point));
          for (uint32_t p = 0; p < 16; p++) {
              printf("%u %d %d\\n", faces_class_at(&ctx, FACES_parts, p),
                     faces_value_at_q16(&ctx, FACES_offset, p, 0), faces_value_at_q16(&ctx, FACES_offset, p, 1));
          }
          printf("%u %d\\n", faces_class(&ctx, FACES_parts), faces_value_q16(&ctx, FACES_point, 1));
          return 0;
      }
      """;

  @Test
  void answerForEveryPositionOfAMap() throws Exception {
    GraphChain chain = graph().input("image", 0.02f, -28, 1, 4, 4, 1).scaled(0.1f, 4);
    TensorId image = chain.last();
    chain.conv2d(5, 3, 1, NONE).output("map");
    Graph graph = chain.from(image).reshape(1, 16).fullyConnected(2, NONE).output("points").build();
    List<Task> tasks =
        List.of(
            new Task("parts", "map", 0, 3, Task.Kind.CLASSES, 0.5, 1, 0.01, 0, 0),
            new Task("offset", "map", 3, 2, Task.Kind.REGRESSION, 0.5, 1, 0.01, 0, 0),
            new Task("point", "points", 0, 2, Task.Kind.REGRESSION, 0.5, 1, 0.01, 0, 0));
    Network network = new Network("faces", graph, tasks, Optional.empty());
    GeneratedFolder generated = GeneratedFolder.write(folder.resolve("out"), network, 1);
    Files.writeString(folder.resolve("out/ask.c"), MAP_PROGRAM);
    assertThat(generated.runProgram("gcc", "ask.c")).isEqualTo(expectedOfMap(graph));
  }

  private static List<String> expectedOfMap(Graph graph) {
    byte[] input = new byte[16];
    for (int i = 0; i < 16; i++) {
      input[i] = (byte) (i * 13 - 100);
    }
    List<byte[]> outputs = new IntegerInterpreter(graph).run(List.of(input));
    Quantization.PerTensor map = graph.tensor(graph.outputs().get(0).tensor()).perTensor();
    Quantization.PerTensor points = graph.tensor(graph.outputs().get(1).tensor()).perTensor();
    List<String> lines = new ArrayList<>(List.of("16 16 1"));
    for (int p = 0; p < 16; p++) {
      byte[] codes = Arrays.copyOfRange(outputs.get(0), 5 * p, 5 * p + 5);
      lines.add(
          largest(Arrays.copyOf(codes, 3)) + " " + q16(codes[3], map) + " " + q16(codes[4], map));
    }
    lines.add(largest(Arrays.copyOf(outputs.get(0), 3)) + " " + q16(outputs.get(1)[1], points));
    return lines;
  }

  private static final String INDEX_PROGRAM =
      """
      #include <stdio.h>
      #include "faces.h"
      int main(void)
      {
          static faces_context ctx;
          faces_init(&ctx);
          for (int i = 0; i < 16; i++) {
              faces_input_image(&ctx)[i] = (int8_t)(i * 13 - 100);
          }
          faces_run(&ctx);
          for (uint32_t p = 0; p < faces_positions(FACES_parts); p++) {
              printf("%u %d\\n", faces_class_at(&ctx, FACES_parts, p), faces_output_parts(&ctx)[p]);
          }
          printf("%u %d\\n", faces_class(&ctx, FACES_mood), faces_logit_q(&ctx, FACES_mood));
          return 0;
      }
      """;

  @Test
  void answerWithTheClassThatTheNetworkFinds() throws Exception {
    GraphChain chain = graph().input("image", 0.02f, -28, 1, 4, 4, 1).scaled(0.1f, 4);
    TensorId image = chain.last();
    chain.conv2d(5, 3, 1, NONE).argMax(ArgMax.Kind.ARG_MAX, 3).output("parts");
    chain.from(image).reshape(1, 16).fullyConnected(6, NONE);
    Graph graph = chain.argMax(ArgMax.Kind.ARG_MIN, 1).output("mood").build();
    Network network = new Network("faces", graph, DefaultTasks.of(graph), Optional.empty());
    GeneratedFolder generated = GeneratedFolder.write(folder.resolve("out"), network, 1);
    Files.writeString(folder.resolve("out/ask.c"), INDEX_PROGRAM);
    assertThat(generated.runProgram("gcc", "ask.c")).isEqualTo(expectedOfIndices(graph));
  }

  private static List<String> expectedOfIndices(Graph graph) {
    byte[] input = new byte[16];
    for (int i = 0; i < 16; i++) {
      input[i] = (byte) (i * 13 - 100);
    }
    List<byte[]> outputs = new IntegerInterpreter(graph).run(List.of(input));
    List<String> lines = new ArrayList<>();
    for (int p = 0; p < 16; p++) {
      int part = Codes.INT32.get(outputs.get(0), p);
      lines.add(part + " " + part);
    }
    int mood = Codes.INT32.get(outputs.get(1), 0);
    lines.add(mood + " " + mood);
    return lines;
  }

  private static long q16(byte code, Quantization.PerTensor quantization) {
    return Math.round((code - quantization.zeroPoint()) * (double) quantization.scale() * 65536);
  }
}
