// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against scikit-learn, pingouin and SciPy; test-fixtures/metrics/make_subjects.py made them. */
final class SubjectMetricsTest {
  private static final Offset<Double> EXACT = within(1e-11);

  private static JsonNode fixture() throws IOException {
    return new ObjectMapper()
        .readTree(Path.of("..", "test-fixtures", "metrics", "subjects.json").toFile());
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  @Test
  void areThoseOfTheFramesThatADrawRepeats() throws IOException {
    for (JsonNode fixed : fixture().get("cases")) {
      int[] subjects = ints(fixed.get("subject"));
      double[] scores = doubles(fixed.get("scores"));
      double[] values = doubles(fixed.get("values"));
      int[] grades = ints(fixed.get("grades"));
      int[] labels = ints(fixed.get("labels"));
      boolean[] truths = new boolean[labels.length];
      int people = fixed.get("draws").get(0).get("times").size();
      DecisionCounts decisions = new DecisionCounts(people);
      Deviations deviations = new Deviations(people);
      for (int i = 0; i < truths.length; i++) {
        truths[i] = labels[i] == 1;
        decisions.add(subjects[i], scores[i] >= fixed.get("threshold").asDouble(), truths[i]);
        deviations.add(subjects[i], values[i], grades[i]);
      }
      RankedScores ranked = RankedScores.of(scores, truths, subjects);
      for (JsonNode draw : fixed.get("draws")) {
        int[] times = ints(draw.get("times"));
        assertFigure(draw, "f1", decisions.total(times).f1());
        assertFigure(draw, "f1_norm", decisions.total(times).f1Normalised());
        assertFigure(draw, "accuracy", decisions.total(times).accuracy());
        assertFigure(draw, "auc", ranked.auc(times));
        assertFigure(draw, "average_precision", ranked.averagePrecision(times));
        assertFigure(draw, "icc", deviations.icc(times));
        assertFigure(draw, "mae", deviations.meanAbsoluteError(times));
        assertFigure(draw, "rmse", deviations.rootMeanSquaredError(times));
      }
    }
  }

  private static void assertFigure(JsonNode draw, String name, double actual) {
    assertThat(actual).as(name).isEqualTo(draw.get(name).asDouble(), EXACT);
  }

  @Test
  void mcNemarIsTheExactBinomialTest() throws IOException {
    for (JsonNode pair : fixture().get("mcnemar")) {
      McNemar test = new McNemar(pair.get("first").asLong(), pair.get("second").asLong());
      assertThat(test.pValue()).as("%s", test).isEqualTo(pair.get("p").asDouble(), within(1e-9));
    }
  }

  @Test
  void intervalsArePercentilesAsNumPyInterpolatesThem() throws IOException {
    JsonNode fixed = fixture().get("percentiles");
    Estimate estimate = Estimate.of(0, doubles(fixed.get("values")), 0.95);
    assertThat(estimate.low()).isEqualTo(fixed.get("low").asDouble(), EXACT);
    assertThat(estimate.high()).isEqualTo(fixed.get("high").asDouble(), EXACT);
  }

  @Test
  void agreementIgnoresAConstantOffsetAndIsUndefinedWithoutChange() {
    Deviations shifted = new Deviations(1);
    Deviations constant = new Deviations(1);
    for (int i = 0; i < 6; i++) {
      shifted.add(0, i + 0.7, i);
      constant.add(0, 3, 3);
    }
    assertThat(shifted.icc(new int[] {1})).isEqualTo(1, EXACT);
    assertThat(constant.icc(new int[] {1})).isNaN();
    assertThat(new Deviations(1).meanAbsoluteError(new int[] {1})).isNaN();
  }

  @Test
  void hitsAreSharesOfLabelledAnswers() {
    Hits hits = new Hits(2);
    hits.add(0, 3, 4);
    hits.add(1, 0, 4);
    assertThat(hits.accuracy(new int[] {1, 1})).isEqualTo(0.375);
    assertThat(hits.accuracy(new int[] {2, 0})).isEqualTo(0.75);
    assertThat(hits.accuracy(new int[] {0, 0})).isNaN();
  }

  @Test
  void drawsDependOnTheSeedAloneAndTakeAsManySubjectsAsThereAre() {
    Bootstrap bootstrap = new Bootstrap(9, 50, 7);
    List<SubjectMetric> metrics = List.of(times -> times[0] + 100.0 * times[8]);
    double[] drawn = draws(bootstrap, metrics);
    assertThat(drawn).isEqualTo(draws(new Bootstrap(9, 50, 7), metrics));
    assertThat(drawn).isNotEqualTo(draws(new Bootstrap(9, 50, 8), metrics));
    for (int r = 0; r < 50; r++) {
      assertThat(IntStream.of(bootstrap.draw(r)).sum()).isEqualTo(9);
    }
  }

  private static double[] draws(Bootstrap bootstrap, List<SubjectMetric> metrics) {
    return bootstrap.of(metrics, done -> {})[0];
  }

  @Test
  void tellsEveryReplicateThatIsDoneInOrder() {
    List<Integer> heard = new ArrayList<>();
    new Bootstrap(9, 50, 7).of(List.of(times -> 0), heard::add);
    assertThat(heard).isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
  }

  /** Uniform between -1 and 1 has variance 1/3. */
  @Test
  void intervalsOfAMeanAreAsWideAsTheoryHasThem() {
    int people = 400;
    Random random = new Random(3);
    double[] means = random.doubles(people, -1, 1).toArray();
    SubjectMetric mean =
        times -> IntStream.range(0, people).mapToDouble(s -> times[s] * means[s]).sum() / people;
    double[] replicates = draws(new Bootstrap(people, 2000, 5), List.of(mean));
    Estimate estimate = Estimate.of(0, replicates, 0.95);
    double expected = 2 * 1.96 * Math.sqrt(1.0 / 3 / people);
    assertThat(estimate.high() - estimate.low()).isBetween(0.9 * expected, 1.1 * expected);
  }

  @Test
  void replicatesWithoutAFigureAreLeftOut() {
    double[] replicates = {Double.NaN, 1, 2, 3, Double.NaN};
    assertThat(Estimate.of(2, replicates, 0.5)).isEqualTo(new Estimate(2, 1.5, 2.5));
    assertThat(Estimate.of(2, new double[] {Double.NaN}, 0.5).low()).isNaN();
    assertThat(Bootstrap.pValue(replicates)).isEqualTo(0.5);
    assertThat(Bootstrap.pValue(new double[] {-1, 0, 1})).isEqualTo(1);
    assertThat(Bootstrap.pValue(new double[0])).isNaN();
  }
}
