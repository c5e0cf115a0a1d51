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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NpzDatasetTest {
  @TempDir private Path folder;

  private static Network network(Optional<InputImage> image) {
    GraphChain chain =
        GraphChain.graph()
            .input("image", 1, 2, 2, 1)
            .reshape(1, 4)
            .fullyConnected(2, Activation.NONE)
            .output("y");
    List<Task> tasks =
        List.of(
            new Task("AU01", "y", 0, 1, Task.Kind.OCCURRENCE, 0.5, 1, 0.01, 0, 0),
            new Task("AU12", "y", 1, 1, Task.Kind.OCCURRENCE, 0.5, 1, 0.01, 0, 0));
    return new Network("n", chain.build(), tasks, image);
  }

  private static final Optional<InputImage> IMAGE =
      Optional.of(new InputImage(InputImage.Format.GRAY8, 2, 2, 127.5, 127.5));

  private final Map<String, byte[]> arrays = new LinkedHashMap<>();

  private NpzDatasetTest array(String name, String descr, String shape, byte... data) {
    return raw(
        name,
        1,
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(descr, shape),
        data);
  }

  private NpzDatasetTest raw(String name, int version, String header, byte... data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
    if (version == 1) {
      length.putShort((short) text.length);
    } else {
      length.putInt(text.length);
    }
    out.writeBytes(length.array());
    out.writeBytes(text);
    out.writeBytes(data);
    arrays.put(name, out.toByteArray());
    return this;
  }

  private Path file() throws IOException {
    Path file = folder.resolve("set.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(array.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  private static byte[] utf32(String... names) {
    ByteBuffer bytes = ByteBuffer.allocate(16 * names.length).order(ByteOrder.LITTLE_ENDIAN);
    for (String name : names) {
      name.codePoints().forEach(bytes::putInt);
    }
    return bytes.array();
  }

  @Test
  void readsImagesLabelsAndSubjects() throws IOException {
    array("images", "|u1", "2, 2, 2", new byte[] {0, 1, 2, 3, -1, -2, -3, -4});
    array("labels", "|i1", "2, 2", new byte[] {1, 0, 9, -1});
    array("tasks", "<U4", "2,", utf32("AU12", "AU01"));
    raw(
        "subjects",
        2,
        "{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }",
        new byte[] {1, 2, 0, 7});
    Dataset set = DatasetReader.open(file(), network(IMAGE));
    assertThat(set.size()).isEqualTo(2);
    assertThat(set.pixels(1)).containsExactly(-1, -2, -3, -4);
    assertThat(set.tensors(1).get(0)[0]).isEqualTo(1f);
    assertThat(set.labels().get("AU12", 0)).isEqualTo(1);
    assertThat(set.labels().get("AU01", 0)).isEqualTo(0);
    assertThat(set.labels().get("AU12", 1)).isNaN();
    assertThat(set.labels().get("AU01", 1)).isNaN();
    assertThat(set.subject(0)).hasValue(258);
    assertThat(set.subject(1)).hasValue(7);
    assertThat(set.name()).isEqualTo("set.npz");
  }

  private static Network maps() {
    GraphChain chain =
        GraphChain.graph()
            .input("image", 1, 2, 2, 1)
            .conv2d(3, 1, 1, Activation.NONE)
            .output("parts")
            .reshape(1, 12)
            .fullyConnected(4, Activation.NONE)
            .output("points");
    List<Task> tasks =
        List.of(
            new Task("parts", "parts", 0, 3, Task.Kind.CLASSES, 0.5, 1, 0.01, 0, 0),
            new Task("landmarks", "points", 0, 3, Task.Kind.REGRESSION, 0.5, 1, 0.01, 0, 0),
            new Task("yaw", "points", 3, 1, Task.Kind.REGRESSION, 0.5, 1, 0.01, 0, 0));
    return new Network("n", chain.build(), tasks, IMAGE);
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  @Test
  void readsSeveralLabelsAnExampleFromArraysNamedAfterTheTask() throws IOException {
    array("images", "|u1", "2, 2, 2", new byte[8]);
    array("labels_parts", "|i1", "2, 2, 2", new byte[] {0, 1, 2, -1, 2, 2, 1, 0});
    array("labels_landmarks", "<f4", "2, 3", floats(1, 2, 3, 4, Float.NaN, 6));
    array("labels", "<f4", "2, 1", floats(0.5f, -0.5f));
    array("tasks", "<U4", "1,", utf32("yaw"));
    Labels labels = DatasetReader.open(file(), maps()).labels();
    assertThat(labels.get("parts", 0, 2)).isEqualTo(2);
    assertThat(labels.get("parts", 0, 3)).isNaN();
    assertThat(labels.get("parts", 1, 3)).isEqualTo(0);
    assertThat(labels.get("landmarks", 1, 0)).isEqualTo(4);
    assertThat(labels.get("landmarks", 1, 1)).isNaN();
    assertThat(labels.get("yaw", 1)).isEqualTo(-0.5);
  }

  @Test
  void refusesSeveralLabelsAnExampleThatDoNotFitTheTask() throws IOException {
    array("images", "|u1", "2, 2, 2", new byte[8]);
    array("labels_parts", "|i1", "2, 2", new byte[4]);
    assertThatThrownBy(() -> DatasetReader.open(file(), maps()))
        .hasMessageContaining("'labels_parts' is int8 [2, 2] but must be numbers [2, ...] with 4");
    array("labels_parts", "|i1", "2, 4", new byte[] {0, 1, 2, 3, 0, 0, 0, 0});
    assertThatThrownBy(() -> DatasetReader.open(file(), maps()))
        .hasMessageContaining("label 3.0 of task 'parts' in row 0");
  }

  @Test
  void readsFloatsNamedAfterTheInput() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 8; i++) {
      data.putDouble(i / 2.0);
    }
    array("image", "<f8", "2, 4", data.array());
    Dataset set = DatasetReader.open(file(), network(Optional.empty()));
    assertThat(set.hasPixels()).isFalse();
    assertThat(set.tensors(1).get(0)).containsExactly(2f, 2.5f, 3f, 3.5f);
    assertThat(set.labels().tasks()).isEmpty();
  }

  @Test
  void saysWhatIsThereWhereAnArrayIsMissing() throws IOException {
    array("pictures", "|u1", "1, 2, 2", new byte[4]);
    refuses("'images' is missing", "pictures");
  }

  @Test
  void refusesFortranOrderByName() throws IOException {
    raw("images", 1, "{'descr': '|u1', 'fortran_order': True, 'shape': (1, 2, 2), }", new byte[4]);
    refuses("Fortran order", "'images'");
  }

  @Test
  void refusesWrongShapesTypesAndValues() throws IOException {
    array("images", "<f4", "1, 2, 2", new byte[16]);
    refuses("float32 [1, 2, 2]", "uint8 [N, 2, 2, 1]");
    array("images", "|u1", "1, 2, 2", new byte[4]);
    array("labels", "|i1", "1, 2", new byte[] {0, 3});
    refuses("label 3.0 of task 'AU12' in row 0", "0, 1, or -1 or 9");
    array("labels", "|i1", "1, 3", new byte[3]);
    refuses("3 columns but the network has 2 tasks");
    array("labels", "|O8", "1, 3", new byte[3]);
    refuses("element type '|O8' is not supported");
  }

  @Test
  void doesNotBelieveSizes() throws IOException {
    array("images", "|u1", "99999999999, 64, 64", new byte[8]);
    refuses("more than 16 GiB");
    array("images", "|u1", "100000, 2, 2", new byte[8]);
    refuses("cut short");
    array("images", "|u1", "0, 2, 2");
    refuses("no examples");
    raw("images", 2, "x".repeat(70_000));
    refuses("header claims");
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    Path file = Files.write(folder.resolve("set.npz"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> DatasetReader.open(file, network(IMAGE)))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContaining("F1001")
        .hasMessageContaining("set.npz");
  }

  private void refuses(String... parts) throws IOException {
    Path file = file();
    assertThatThrownBy(() -> DatasetReader.open(file, network(IMAGE)))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void damageIsADiagnosticAndNeverACrash() throws IOException {
    array("images", "|u1", "2, 2, 2", new byte[8]);
    array("labels", "|i1", "2, 2", new byte[4]);
    array("tasks", "<U4", "2,", utf32("AU12", "AU01"));
    byte[] archive = Files.readAllBytes(file());
    Map<String, byte[]> intact = new LinkedHashMap<>(arrays);
    Random random = new Random(7);
    for (int trial = 0; trial < 300; trial++) {
      Path file = folder.resolve("set.npz");
      if (trial % 2 == 0) {
        Files.write(file, damaged(archive, random));
      } else {
        String name = List.copyOf(intact.keySet()).get(random.nextInt(intact.size()));
        arrays.putAll(intact);
        arrays.put(name, damaged(intact.get(name), random));
        file();
      }
      try {
        assertThat(DatasetReader.open(file, network(IMAGE)).size()).isPositive();
      } catch (FacsimileException e) {
        assertThat(e.diagnostics()).isNotEmpty();
      }
    }
  }

  private static byte[] damaged(byte[] intact, Random random) {
    byte[] bytes = intact.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
