// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On made-up data in the layouts of DISFA and BP4D, see test-fixtures/datasets/make.py. */
final class CodedDatasetsTest {
  private static final Path FIXTURES = Path.of("..", "test-fixtures", "datasets");

  @TempDir private Path folder;

  private static Task task(String name, int channel, Task.Kind kind) {
    return new Task(name, "y", channel, 1, kind, 0.5, 1, 0.01, 0, 5);
  }

  private static Network network(Task... tasks) {
    GraphChain chain =
        GraphChain.graph()
            .input("image", 1, 4, 4, 1)
            .reshape(1, 16)
            .fullyConnected(4, Activation.NONE)
            .output("y");
    return new Network(
        "n",
        chain.build(),
        List.of(tasks),
        Optional.of(new InputImage(InputImage.Format.GRAY8, 4, 4, 127.5, 127.5)));
  }

  private static Network units() {
    return network(
        task("AU01", 0, Task.Kind.OCCURRENCE),
        task("au12", 1, Task.Kind.OCCURRENCE),
        task("AU12_intensity", 2, Task.Kind.INTENSITY),
        task("yaw", 3, Task.Kind.REGRESSION));
  }

  private static List<Double> labels(Dataset set, String task) {
    return IntStream.range(0, set.size()).mapToObj(i -> set.labels().get(task, i)).toList();
  }

  private Path copy(String name) throws IOException {
    Path source = FIXTURES.resolve(name);
    Path target = folder.resolve(name);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path to = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    return target;
  }

  @Test
  void disfaIsPresentFromIntensityTwoOn() {
    Dataset set = DatasetReader.open(FIXTURES.resolve("disfa"), units());
    double none = Double.NaN;
    assertThat(labels(set, "AU01")).containsExactly(0.0, 0.0, 1.0, none, 0.0, none, 1.0, 0.0, 1.0);
    assertThat(labels(set, "au12")).containsExactly(1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, none, none);
    assertThat(labels(set, "AU12_intensity"))
        .containsExactly(3.0, 0.0, 4.0, 1.0, 1.0, 2.0, 3.0, none, none);
    assertThat(set.labels().has("yaw")).isFalse();
    assertThat(set.pixels(3)[0]).isEqualTo((byte) 4);
    assertThat(set.pixels(5)[0]).isEqualTo((byte) 32);
    assertThat(set.subject(0)).hasValue(1);
    assertThat(set.subject(8)).hasValue(13);
    assertThat(IntStream.range(0, 9).map(i -> set.fold(i).getAsInt()))
        .containsExactly(1, 1, 1, 1, 3, 3, 3, 2, 2);
  }

  @Test
  void whatDisfaMissesIsCounted() {
    assertThat(DatasetReader.open(FIXTURES.resolve("disfa"), units()).warnings())
        .extracting(Object::toString)
        .satisfiesExactlyInAnyOrder(
            text -> assertThat(text).contains("F1205", "1 labelled frames", "SN001 frame 5"),
            text -> assertThat(text).contains("F1205", "1 crops have no", "SN003 frame 4"),
            text -> assertThat(text).contains("F1205", "1 images are not", "contact-sheet.pgm"),
            text -> assertThat(text).contains("F1206", "1 labels are 9", "SN001 frame 4"),
            text -> assertThat(text).contains("F1206", "2 label files", "SN013_au12.txt"),
            text -> assertThat(text).contains("F1206", "1 labels are missing", "SN003 frame 2"));
  }

  @Test
  void framesCountFromZeroWhereACropDoes() throws IOException {
    Path set = copy("disfa");
    Files.move(set.resolve("crops/SN001/4.pgm"), set.resolve("crops/SN001/0.pgm"));
    Dataset shifted = DatasetReader.open(set, units());
    assertThat(shifted.pixels(0)[0]).as("frame 0 is line 1").isEqualTo((byte) 4);
    assertThat(shifted.labels().get("AU12_intensity", 2)).as("frame 2 is line 3").isEqualTo(4);
    assertThat(shifted.pixels(2)[0]).isEqualTo((byte) 2);
  }

  @Test
  void damagedLinesAreErrorsByLine() throws IOException {
    Path set = copy("disfa");
    Path file = set.resolve("ActionUnit_Labels/SN001/SN001_au1.txt");
    for (String[] wrong :
        new String[][] {
          {"six,1", "'six' is no integer"},
          {"6,7", "this is 7"},
          {"6", "has 1 fields"},
          {"3,1", "frame 3 comes twice"}
        }) {
      Files.writeString(file, "1,0\n2,1\n3,2\n\n" + wrong[0] + "\n");
      assertThatThrownBy(() -> DatasetReader.open(set, units()))
          .hasMessageContainingAll("F1201", "SN001_au1.txt:5", wrong[1]);
    }
  }

  @Test
  void bp4dTakesOccurrencesAndIntensitiesAndLeavesOccludedFramesOut() {
    Dataset set = DatasetReader.open(FIXTURES.resolve("bp4d"), units());
    double none = Double.NaN;
    assertThat(labels(set, "AU01")).containsExactly(0.0, 1.0, 0.0, 1.0);
    assertThat(labels(set, "au12")).containsExactly(1.0, none, 0.0, 1.0);
    assertThat(labels(set, "AU12_intensity")).containsExactly(4.0, 0.0, none, 1.0);
    assertThat(set.subject(0)).hasValue(1);
    assertThat(set.subject(3)).hasValue(1007);
    assertThat(IntStream.range(0, 4).map(i -> set.fold(i).getAsInt())).containsOnly(1);
    assertThat(set.warnings())
        .extracting(Object::toString)
        .anySatisfy(text -> assertThat(text).contains("1 clips have no folder", "F003/T2"))
        .anySatisfy(text -> assertThat(text).contains("1 frames are marked as occluded", "2442"))
        .anySatisfy(text -> assertThat(text).contains("1 crops have no label", "frame 18"))
        .anySatisfy(text -> assertThat(text).contains("2 labels are 9"))
        .anySatisfy(text -> assertThat(text).contains("label files", "F003_T2_AU12.csv"));
  }

  @Test
  void foldsAreChosenAfterAnAt() {
    String disfa = FIXTURES.resolve("disfa").toString();
    Dataset some = DatasetReader.open(disfa + "@2,3", units());
    assertThat(some.name()).isEqualTo("disfa@2,3");
    assertThat(labels(some, "AU01")).containsExactly(0.0, Double.NaN, 1.0, 0.0, 1.0);
    assertThat(some.subject(0)).hasValue(3);
    assertThatThrownBy(() -> DatasetReader.open(disfa + "@4", units()))
        .hasMessageContaining("F1202");
    Dataset spread = SelectedExamples.spread(some, 2);
    assertThat(spread.size()).isEqualTo(2);
    assertThat(spread.name()).isEqualTo("2 of disfa@2,3");
    assertThat(spread.pixels(1)).isEqualTo(some.pixels(2));
  }

  @Test
  void refusesANetworkThatHasNoActionUnits() {
    Network other = network(task("smile", 0, Task.Kind.OCCURRENCE));
    assertThatThrownBy(() -> DatasetReader.open(FIXTURES.resolve("disfa"), other))
        .hasMessageContainingAll("F1201", "no task of the network is an Action Unit");
  }

  @Test
  void saysWhereCropsAreWantedWhereThereAreNone() throws IOException {
    Path set = folder.resolve("set");
    Files.createDirectories(set.resolve("ActionUnit_Labels/SN001"));
    Files.writeString(set.resolve("ActionUnit_Labels/SN001/SN001_au1.txt"), "1,0\n");
    assertThatThrownBy(() -> DatasetReader.open(set, units()))
        .hasMessageContainingAll("F1202", "1 labelled frames have no crop");
  }
}
