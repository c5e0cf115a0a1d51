// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import dev.facsimile.report.FacsimileException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageFolderTest {
  @TempDir private Path folder;

  private static Network network(InputImage.Format format) {
    GraphChain chain =
        GraphChain.graph()
            .input("image", 1, 2, 3, format.channels())
            .reshape(1, 6 * format.channels())
            .fullyConnected(1, Activation.NONE)
            .output("y");
    return new Network(
        "n",
        chain.build(),
        List.of(new Task("AU12", "y", 0, 1, Task.Kind.OCCURRENCE, 0.5, 1, 0.01, 0, 0)),
        Optional.of(new InputImage(format, 2, 3, 0, 255)));
  }

  private void write(String name, int type, int... rgb) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, type);
    for (int i = 0; i < 6; i++) {
      if (type == BufferedImage.TYPE_BYTE_GRAY) {
        image.getRaster().setSample(i % 3, i / 3, 0, rgb[i % rgb.length]);
      } else {
        image.setRGB(i % 3, i / 3, rgb[i % rgb.length]);
      }
    }
    Files.createDirectories(folder.resolve(name).getParent());
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }

  @Test
  void readsGreyColourAndPgmInOrderOfNames() throws IOException {
    write("b.png", BufferedImage.TYPE_BYTE_GRAY, 0, 50, 100, 150, 200, 255);
    write("a/c.png", BufferedImage.TYPE_INT_RGB, 0xff0000, 0x00ff00, 0x0000ff);
    Files.write(
        folder.resolve("z.pgm"),
        "P5 # made by hand\n3 2 255\nABCDEF".getBytes(StandardCharsets.US_ASCII));
    Files.writeString(folder.resolve("notes.txt"), "no image");
    Dataset set = DatasetReader.open(folder, network(InputImage.Format.GRAY8));
    assertThat(set.size()).isEqualTo(3);
    assertThat(set.pixels(0)).containsExactly(76, 150, 29, 76, 150, 29);
    assertThat(set.pixels(1)).containsExactly(0, 50, 100, 150, 200, 255);
    assertThat(set.pixels(2)).containsExactly('A', 'B', 'C', 'D', 'E', 'F');
    assertThat(set.tensors(1).get(0)[5]).isEqualTo(1f);
  }

  @Test
  void readsColour() throws IOException {
    write("a.png", BufferedImage.TYPE_INT_RGB, 0x010203, 0xfffefd);
    write("b.png", BufferedImage.TYPE_BYTE_GRAY, 7);
    Dataset set = DatasetReader.open(folder, network(InputImage.Format.RGB8));
    assertThat(set.pixels(0)).startsWith(1, 2, 3, 255, 254, 253);
    assertThat(set.pixels(1)).containsOnly(7);
  }

  @Test
  void readsLabelsBesideTheImages() throws IOException {
    write("a.png", BufferedImage.TYPE_BYTE_GRAY, 1);
    write("b.png", BufferedImage.TYPE_BYTE_GRAY, 2);
    write("c.png", BufferedImage.TYPE_BYTE_GRAY, 3);
    Files.writeString(
        folder.resolve("labels.csv"),
        "file,AU12,subject,AU99,fold\r\nb.png,1,anna,1,2\r\na.png,,4,0,1\r\n");
    Dataset set = DatasetReader.open(folder, network(InputImage.Format.GRAY8));
    assertThat(set.labels().tasks()).containsExactly("AU12");
    assertThat(set.labels().get("AU12", 0)).isNaN();
    assertThat(set.labels().get("AU12", 1)).isEqualTo(1);
    assertThat(set.labels().get("AU12", 2)).isNaN();
    assertThat(set.subject(1)).as("in the order of their lines").hasValue(1);
    assertThat(set.subject(0)).hasValue(2);
    assertThat(set.subject(2)).isEmpty();
    assertThat(set.fold(1)).hasValue(2);
    assertThat(set.fold(2)).isEmpty();
  }

  @Test
  void reportsAllImagesOfWrongSizeAndDamagedOnes() throws IOException {
    ImageIO.write(
        new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY),
        "png",
        folder.resolve("large.png").toFile());
    Files.write(folder.resolve("broken.png"), new byte[] {1, 2, 3});
    Files.writeString(folder.resolve("huge.ppm"), "P6 999999999999 2 255\n");
    assertThatThrownBy(() -> DatasetReader.open(folder, network(InputImage.Format.GRAY8)))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContainingAll("large.png", "5x4", "3x2", "broken.png", "huge.ppm");
  }

  @Test
  void reportsBadLabelLines() throws IOException {
    write("a.png", BufferedImage.TYPE_BYTE_GRAY, 1);
    Files.writeString(folder.resolve("labels.csv"), "file,AU12\nx.png,1\na.png,2\na.png\n");
    assertThatThrownBy(() -> DatasetReader.open(folder, network(InputImage.Format.GRAY8)))
        .hasMessageContainingAll(
            "labels.csv:2", "no image 'x.png'", "labels.csv:3", "label '2'", "labels.csv:4");
  }

  @Test
  void refusesFoldersWithoutImages() {
    assertThatThrownBy(() -> DatasetReader.open(folder, network(InputImage.Format.GRAY8)))
        .hasMessageContaining("F1202");
    assertThatThrownBy(
            () -> DatasetReader.open(folder.resolve("no"), network(InputImage.Format.GRAY8)))
        .hasMessageContaining("F1001");
  }

  @Test
  void noiseIsTheSameEveryTime() {
    Network network = network(InputImage.Format.RGB8);
    Dataset first = new NoiseDataset(network, 8, 3);
    Dataset second = new NoiseDataset(network, 8, 3);
    assertThat(first.pixels(5)).isEqualTo(second.pixels(5)).isNotEqualTo(first.pixels(6));
    assertThat(first.tensors(2).get(0)).isEqualTo(second.tensors(2).get(0));
  }
}
