// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RankedScoresTest {
  private static final Offset<Double> EXACT = within(1e-12);

  /** Figures of scikit-learn; test-fixtures/metrics/make.py made them. */
  static List<JsonNode> casesOfScikitLearn() throws IOException {
    Path file = Path.of("..", "test-fixtures", "metrics", "binary.json");
    return StreamSupport.stream(new ObjectMapper().readTree(file.toFile()).spliterator(), false)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("casesOfScikitLearn")
  void agreesWithScikitLearn(JsonNode expected) {
    double[] scores = doubles(expected.get("scores"));
    boolean[] labels = labels(expected.get("labels"));
    assertThat(RankedScores.of(scores, labels).auc()).isEqualTo(figure(expected, "auc"), EXACT);
    assertThat(RankedScores.of(scores, labels).averagePrecision())
        .isEqualTo(figure(expected, "average_precision"), EXACT);
    BinaryCounts counts = count(scores, labels, figure(expected, "threshold"));
    assertThat(counts.f1()).isEqualTo(figure(expected, "f1"), EXACT);
    assertThat(counts.accuracy()).isEqualTo(figure(expected, "accuracy"), EXACT);
    assertThat(counts.positiveRate()).isEqualTo(figure(expected, "positive_rate"), EXACT);
  }

  @Property
  void aucIsTheShareOfPairsInTheRightOrder(@ForAll @Size(min = 2, max = 30) List<Byte> codes) {
    double[] scores = codes.stream().mapToDouble(code -> code % 5).toArray();
    boolean[] labels = new boolean[scores.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i == 0 || (i > 1 && codes.get(i) % 2 == 0);
    }
    double pairs = 0;
    double wins = 0;
    for (int p = 0; p < scores.length; p++) {
      for (int n = 0; n < scores.length; n++) {
        if (labels[p] && !labels[n]) {
          pairs++;
          wins += scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0;
        }
      }
    }
    assertThat(RankedScores.of(scores, labels).auc()).isEqualTo(wins / pairs, EXACT);
  }

  @Test
  void hasNoAucWithoutBothClasses() {
    assertThat(RankedScores.of(new double[] {1, 2}, new boolean[] {true, true}).auc()).isNaN();
    assertThat(RankedScores.of(new double[] {1, 2}, new boolean[] {false, false}).auc()).isNaN();
    assertThat(RankedScores.of(new double[] {1}, new boolean[] {false}).averagePrecision()).isNaN();
  }

  @Test
  void normalisedF1DoesNotDependOnTheRate() {
    BinaryCounts rare = new BinaryCounts(8, 90, 2, 810);
    BinaryCounts balanced = new BinaryCounts(8, 1, 2, 9);
    assertThat(rare.f1Normalised()).isEqualTo(balanced.f1Normalised(), EXACT);
    assertThat(balanced.f1Normalised()).isEqualTo(balanced.f1(), EXACT);
    assertThat(rare.f1()).isLessThan(0.2);
  }

  private static BinaryCounts count(double[] scores, boolean[] labels, double threshold) {
    int[] counts = new int[4];
    IntStream.range(0, scores.length)
        .forEach(i -> counts[(scores[i] >= threshold ? 0 : 2) + (labels[i] ? 0 : 1)]++);
    return new BinaryCounts(counts[0], counts[1], counts[2], counts[3]);
  }

  private static double figure(JsonNode node, String name) {
    return node.get(name).asDouble();
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static boolean[] labels(JsonNode array) {
    boolean[] labels = new boolean[array.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = array.get(i).asInt() == 1;
    }
    return labels;
  }
}
