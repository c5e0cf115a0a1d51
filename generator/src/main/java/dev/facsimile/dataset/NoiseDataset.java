// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Seeded smooth noise for a user who has no images and says so. Good enough to try a network, not
 * to calibrate one that ships. Each example is noise on a grid of its own coarseness, so that both
 * flat and busy inputs occur; the same index gives the same values on every machine.
 */
public final class NoiseDataset implements Dataset {
  private final Network network;
  private final int size;
  private final long seed;

  public NoiseDataset(Network network, int size, long seed) {
    if (size < 1) {
      throw new IllegalArgumentException("size must be >= 1 but was " + size);
    }
    this.network = network;
    this.size = size;
    this.seed = seed;
  }

  @Override
  public String name() {
    return "noise:" + size;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean hasPixels() {
    return network.image().isPresent();
  }

  @Override
  public byte[] pixels(int index) {
    InputImage image =
        network
            .image()
            .orElseThrow(() -> new UnsupportedOperationException("the examples are not images"));
    double[] noise = noise(index, 0, image.height(), image.width(), image.format().channels());
    byte[] pixels = new byte[noise.length];
    for (int i = 0; i < noise.length; i++) {
      pixels[i] = (byte) (int) (noise[i] * 256);
    }
    return pixels;
  }

  /** Values between -1 and 1 where no image is described. */
  @Override
  public List<float[]> tensors(int index) {
    Optional<InputImage> image = network.image();
    if (image.isPresent()) {
      return List.of(Pixels.normalise(image.get(), pixels(index)));
    }
    Graph graph = network.graph();
    List<float[]> tensors = new ArrayList<>();
    for (Port port : graph.inputs()) {
      int channels = graph.tensor(port.tensor()).shape().channels();
      int rows = graph.tensor(port.tensor()).shape().elements() / channels;
      int width = (int) Math.max(1, Math.floor(Math.sqrt(rows)));
      int height = (rows + width - 1) / width;
      double[] noise = noise(index, tensors.size(), height, width, channels);
      float[] tensor = new float[rows * channels];
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] = (float) (2 * noise[i] - 1);
      }
      tensors.add(tensor);
    }
    return tensors;
  }

  /** Bilinear noise in [0, 1), height x width x channels. */
  private double[] noise(int index, int input, int height, int width, int channels) {
    SplittableRandom random = new SplittableRandom(seed + 1_000_003L * index + input);
    int cells = 1 << random.nextInt(6);
    double contrast = 0.25 + 0.75 * random.nextDouble();
    double base = random.nextDouble() * (1 - contrast);
    double[] grid = new double[(cells + 1) * (cells + 1) * channels];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = base + contrast * random.nextDouble();
    }
    double[] values = new double[height * width * channels];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          values[(y * width + x) * channels + c] =
              bilinear(grid, cells, channels, c, at(y, height, cells), at(x, width, cells));
        }
      }
    }
    return values;
  }

  private static double at(int position, int length, int cells) {
    return (position + 0.5) / length * cells;
  }

  private static double bilinear(
      double[] grid, int cells, int channels, int channel, double y, double x) {
    int top = (int) y;
    int left = (int) x;
    double down = y - top;
    double right = x - left;
    int row = (cells + 1) * channels;
    int corner = top * row + left * channels + channel;
    double upper = grid[corner] * (1 - right) + grid[corner + channels] * right;
    double lower = grid[corner + row] * (1 - right) + grid[corner + row + channels] * right;
    return upper * (1 - down) + lower * down;
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
