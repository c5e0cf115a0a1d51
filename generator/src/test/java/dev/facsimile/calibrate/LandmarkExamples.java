// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facsimile.dataset.Dataset;
import dev.facsimile.dataset.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * MediaPipe's published face landmarks as its blendshape network takes them, 146 points in pixels,
 * and the same face turned, scaled, sheared, moved and jittered.
 */
record LandmarkExamples(List<float[]> examples) implements Dataset {
  private static final float WIDTH = 820;
  private static final float HEIGHT = 1024;

  /** The folder of public networks, or the calling test is skipped. */
  static Path models() {
    String folder = System.getenv("FACSIMILE_MODELS");
    assumeTrue(folder != null && !folder.isEmpty(), "FACSIMILE_MODELS is not set");
    Path models = Path.of(folder);
    assumeTrue(
        Files.isRegularFile(models.resolve("face_blendshapes.tflite")),
        "face_blendshapes.tflite is not in FACSIMILE_MODELS");
    return models;
  }

  static float[] publishedInput() throws IOException {
    List<Float> x = numbers("face_blendshapes_in_landmarks.prototxt", "\\bx: (\\S+)");
    List<Float> y = numbers("face_blendshapes_in_landmarks.prototxt", "\\by: (\\S+)");
    JsonNode indices =
        new JsonMapper()
            .readTree(models().resolve("face_blendshapes_meta.json").toFile())
            .path("landmark_indices");
    float[] points = new float[2 * indices.size()];
    for (int i = 0; i < indices.size(); i++) {
      points[2 * i] = x.get(indices.get(i).asInt()) * WIDTH;
      points[2 * i + 1] = y.get(indices.get(i).asInt()) * HEIGHT;
    }
    return points;
  }

  static List<Float> publishedOutput() throws IOException {
    return numbers("face_blendshapes_out.prototxt", "\\bscore: (\\S+)");
  }

  private static List<Float> numbers(String file, String pattern) throws IOException {
    List<Float> numbers = new ArrayList<>();
    Pattern.compile(pattern)
        .matcher(Files.readString(models().resolve(file)))
        .results()
        .forEach(match -> numbers.add(Float.parseFloat(match.group(1))));
    return numbers;
  }

  /** The published face under random affine motions and noise; the first is the face itself. */
  static LandmarkExamples perturbed(int count, long seed) throws IOException {
    float[] face = publishedInput();
    Random random = new Random(seed);
    List<float[]> examples = new ArrayList<>(List.of(face));
    while (examples.size() < count) {
      examples.add(moved(face, random));
    }
    return new LandmarkExamples(examples);
  }

  private static float[] moved(float[] face, Random random) {
    double angle = 0.1 * random.nextGaussian();
    double scale = 1 + 0.1 * random.nextGaussian();
    double[] shear = random.doubles(4, -0.05, 0.05).toArray();
    double[] shift = {20 * random.nextGaussian(), 20 * random.nextGaussian()};
    float[] points = new float[face.length];
    for (int i = 0; i < face.length; i += 2) {
      double x = face[i] - WIDTH / 2;
      double y = face[i + 1] - HEIGHT / 2;
      double cos = scale * Math.cos(angle);
      double sin = scale * Math.sin(angle);
      points[i] = (float) ((cos + shear[0]) * x + (shear[1] - sin) * y + WIDTH / 2 + shift[0]);
      points[i + 1] = (float) ((sin + shear[2]) * x + (cos + shear[3]) * y + HEIGHT / 2 + shift[1]);
      points[i] += (float) (2 * random.nextGaussian());
      points[i + 1] += (float) (2 * random.nextGaussian());
    }
    return points;
  }

  @Override
  public String name() {
    return "perturbed landmarks";
  }

  @Override
  public int size() {
    return examples.size();
  }

  @Override
  public boolean hasPixels() {
    return false;
  }

  @Override
  public byte[] pixels(int index) {
    throw new UnsupportedOperationException("landmarks are no pixels");
  }

  @Override
  public List<float[]> tensors(int index) {
    return List.of(examples.get(index).clone());
  }

  @Override
  public Labels labels() {
    return Labels.NONE;
  }

  @Override
  public OptionalInt subject(int index) {
    return OptionalInt.empty();
  }
}
