// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class TasksFileTest {

  /** Input [1,8,8,1]; outputs logits [1,3] and classes [1,4], a softmax. */
  private static Graph twoHeads() {
    GraphChain chain = GraphChain.graph().input("image", 1, 8, 8, 1).reshape(1, 64);
    TensorId flat = chain.last();
    return chain
        .fullyConnected(3, Activation.NONE)
        .output("logits")
        .from(flat)
        .fullyConnected(4, Activation.NONE)
        .softmax(1f)
        .output("classes")
        .build();
  }

  private static Network parse(String text) {
    return TasksFile.parse("tasks.yaml", text, "fallback", twoHeads());
  }

  private static List<Diagnostic> problems(String text) {
    FacsimileException thrown = catchThrowableOfType(FacsimileException.class, () -> parse(text));
    assertThat(thrown).as("accepted: %s", text).isNotNull();
    return thrown.diagnostics();
  }

  private static String problem(String text) {
    assertThat(problems(text)).hasSize(1);
    return problems(text).get(0).toString();
  }

  @Test
  void refusesOneAnswerFromAMap() {
    Graph map =
        GraphChain.graph()
            .input("image", 1, 8, 8, 1)
            .conv2d(3, 3, 1, Activation.NONE)
            .output("map")
            .build();
    String task = "tasks: [{ name: AU12, output: map, channel: 0, kind: %s }]";
    for (String kind : List.of("occurrence", "intensity")) {
      assertThatThrownBy(() -> TasksFile.parse("t.yaml", task.formatted(kind), "n", map))
          .hasMessageContaining("is a map, shaped [1x8x8x3], and cannot be one " + kind);
    }
    assertThat(TasksFile.parse("t.yaml", task.formatted("regression"), "n", map).tasks())
        .hasSize(1);
  }

  private static Graph indexMap() {
    return GraphChain.graph()
        .input("image", 1, 8, 8, 1)
        .conv2d(3, 3, 1, Activation.NONE)
        .argMax(ArgMax.Kind.ARG_MAX, 3)
        .output("parts")
        .build();
  }

  @Test
  void takesAnIndexForAClassAndForNothingElse() {
    Task classes = new Task("face", "parts", 0, 1, Task.Kind.CLASSES, 0.5, 1, 0.01, 0, 0);
    String task = "tasks: [{ name: face, kind: %s }]";
    assertThat(TasksFile.parse("t.yaml", task.formatted("classes"), "n", indexMap()).tasks())
        .containsExactly(classes);
    assertThatThrownBy(
            () -> TasksFile.parse("t.yaml", task.formatted("regression"), "n", indexMap()))
        .hasMessageContaining("holds the indices of classes and cannot be regression");
    assertThat(DefaultTasks.of(indexMap()))
        .extracting(Task::name, Task::channels, Task::kind)
        .containsExactly(tuple("parts", 1, Task.Kind.CLASSES));
    assertThat(
            Labels.width(new Network("n", indexMap(), List.of(classes), Optional.empty()), classes))
        .isEqualTo(64);
  }

  @Test
  void readsEverything() {
    Network network =
        parse(
            """
            # a comment
            model: two heads
            input: { image: gray8, size: [8, 8], mean: 127.5, std: 127.5 }
            tasks:
              - { name: AU12, output: logits, channel: 1, kind: occurrence, threshold: 0.3,
                  weight: 2, tolerance: 0.005 }
              - { name: AU12_intensity, output: logits, channel: 2, kind: intensity, range: [0, 5] }
              - { name: emotion, output: classes, kind: classes }
              - { name: pair, output: classes, channels: [2, 2], kind: regression }
            """);
    assertThat(network.name()).isEqualTo("two heads");
    assertThat(network.image())
        .contains(new InputImage(InputImage.Format.GRAY8, 8, 8, 127.5, 127.5));
    assertThat(network.tasks())
        .containsExactly(
            new Task("AU12", "logits", 1, 1, Task.Kind.OCCURRENCE, 0.3, 2, 0.005, 0, 0),
            new Task("AU12_intensity", "logits", 2, 1, Task.Kind.INTENSITY, 0.5, 1, 0.01, 0, 5),
            new Task("emotion", "classes", 0, 4, Task.Kind.CLASSES, 0.5, 1, 0.01, 0, 0),
            new Task("pair", "classes", 2, 2, Task.Kind.REGRESSION, 0.5, 1, 0.01, 0, 0));
  }

  @Test
  void namesTasksAfterOutputsWithoutFile() {
    GraphChain chain = GraphChain.graph().input("image", 1, 4);
    TensorId input = chain.last();
    Graph graph =
        chain
            .fullyConnected(2, Activation.NONE)
            .unary(Unary.Kind.LOGISTIC)
            .output("p")
            .from(input)
            .fullyConnected(3, Activation.NONE)
            .softmax(1f)
            .reshape(1, 1, 1, 3)
            .output("c")
            .from(input)
            .fullyConnected(1, Activation.NONE)
            .output("p_1")
            .build();
    assertThat(DefaultTasks.of(graph))
        .extracting(Task::name, Task::output, Task::channel, Task::channels, Task::kind)
        .containsExactly(
            tuple("p_0", "p", 0, 1, Task.Kind.OCCURRENCE),
            tuple("p_1", "p", 1, 1, Task.Kind.OCCURRENCE),
            tuple("c", "c", 0, 3, Task.Kind.CLASSES),
            tuple("p_1_2", "p_1", 0, 1, Task.Kind.REGRESSION));
  }

  @Test
  void reportsAllProblemsWithTheirPlaces() {
    List<Diagnostic> problems =
        problems(
            """
            model: x
            colour: red
            tasks:
              - { name: a, output: nowhere, channel: 0, kind: occurrence }
              - { name: a, output: logits, channel: 3, kind: occurrence }
              - { name: b, output: logits, channel: 0, kind: guess, wieght: 1 }
              - { name: c, output: logits, channel: 0, kind: occurrence, threshold: 1 }
            """);
    assertThat(problems)
        .extracting(Diagnostic::code)
        .containsExactly(
            DiagnosticCode.TASKS_INVALID,
            DiagnosticCode.TASK_UNKNOWN_OUTPUT,
            DiagnosticCode.TASK_CHANNEL_OUT_OF_RANGE,
            DiagnosticCode.TASKS_INVALID,
            DiagnosticCode.TASKS_INVALID,
            DiagnosticCode.TASKS_INVALID,
            DiagnosticCode.TASKS_INVALID);
    assertThat(problems)
        .extracting(Diagnostic::toString)
        .anySatisfy(text -> assertThat(text).contains("tasks.yaml:2:1").contains("'colour'"))
        .anySatisfy(text -> assertThat(text).contains("tasks.yaml:4:24").contains("'nowhere'"))
        .anySatisfy(text -> assertThat(text).contains("tasks.yaml:5:41").contains("channel 3"))
        .anySatisfy(text -> assertThat(text).contains("two tasks are called 'a'"))
        .anySatisfy(text -> assertThat(text).contains("'wieght'"))
        .anySatisfy(text -> assertThat(text).contains("'guess' is not a known kind"));
  }

  @Test
  void refusesDuplicateKeys() {
    assertThat(problem("model: a\nmodel: b\n")).contains("tasks.yaml:2:1").contains("twice");
  }

  @Test
  void refusesAliasesSoThatNothingExpands() {
    assertThat(problem("model: &a x\ninput: *a\n")).contains("aliases");
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(problem(bomb.toString())).contains("aliases");
  }

  @Test
  void refusesDeepNestingAndSecondDocuments() {
    assertThat(problem("a: " + "[".repeat(2000) + "]".repeat(2000))).contains("tasks.yaml:1");
    assertThat(problem("model: a\n---\nmodel: b\n")).contains("more than one");
  }

  @Test
  void refusesAnImageThatIsNotTheInput() {
    assertThat(problem("input: { image: rgb8, size: [8, 8] }\n"))
        .contains("the image is [1x8x8x3] but the model's input is [1x8x8x1]");
    assertThat(problem("input: { image: gray8, size: [8, 8], std: 0 }\n")).contains("'std'");
    assertThat(problem("input: { image: gray8, size: [8] }\n")).contains("list of 2 integers");
  }

  @Test
  void refusesNumbersThatAreNone() {
    String task = "tasks: [{ name: a, output: logits, channel: 0, kind: occurrence, %s }]";
    assertThat(problem(task.formatted("weight: .nan"))).contains("'weight' must be a number");
    assertThat(problem(task.formatted("weight: 1e999"))).contains("'weight' must be a number");
    assertThat(problem(task.formatted("tolerance: -1"))).contains("'tolerance'");
    assertThat(problem(task.formatted("range: [0, 5]"))).contains("only an intensity");
  }

  @Test
  void printsHostileNamesHarmlessly() {
    String text = problem("\"a\\u001b[31mb\": 1\n");
    assertThat(text).contains("a?[31mb").doesNotContain("\u001b");
  }

  @Property
  void neverThrowsAnythingButDiagnostics(@ForAll @StringLength(max = 60) String text) {
    try {
      parse(text);
    } catch (FacsimileException e) {
      assertThat(e.diagnostics()).isNotEmpty();
    }
  }
}
