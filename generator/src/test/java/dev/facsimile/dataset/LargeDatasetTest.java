// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many frames as DISFA and BP4D have, read in a process that could not hold them. */
final class LargeDatasetTest {
  private static final int SUBJECTS = 27;
  private static final int FRAMES = 5186;
  private static final int SIDE = 32;

  /** All pixels together are 143 MB. */
  private static final String HEAP = "-Xmx64m";

  @TempDir private Path folder;

  private static Network network() {
    GraphChain chain =
        GraphChain.graph()
            .input("image", 1, SIDE, SIDE, 1)
            .reshape(1, SIDE * SIDE)
            .fullyConnected(1, Activation.NONE)
            .output("y");
    return new Network(
        "n",
        chain.build(),
        List.of(new Task("AU12", "y", 0, 1, Task.Kind.OCCURRENCE, 0.5, 1, 0.01, 0, 0)),
        Optional.of(new InputImage(InputImage.Format.GRAY8, SIDE, SIDE, 0, 1)));
  }

  /** What the process does: opens the set and reads every image and label. */
  public static void main(String[] arguments) {
    Dataset set = DatasetReader.open(Path.of(arguments[0]), network());
    long sum = 0;
    long positives = 0;
    for (int i = 0; i < set.size(); i++) {
      sum += set.pixels(i)[0];
      positives += set.labels().get("AU12", i) == 1 ? 1 : 0;
    }
    if (set.size() != SUBJECTS * FRAMES || sum != expectedSum() || positives != FRAMES) {
      throw new IllegalStateException(set.size() + " frames, sum " + sum + ", " + positives);
    }
  }

  private static long expectedSum() {
    long sum = 0;
    for (int subject = 1; subject <= SUBJECTS; subject++) {
      sum += (long) subject * FRAMES;
    }
    return sum;
  }

  /** Test runners load classes in their own ways: java.class.path need not have them. */
  private static Path home(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static void readInASmallHeap(Path set) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                home(LargeDatasetTest.class) + File.pathSeparator + home(DatasetReader.class),
                LargeDatasetTest.class.getName(),
                set.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static byte[] image(int subject) {
    byte[] pixels = new byte[SIDE * SIDE];
    pixels[0] = (byte) subject;
    return pixels;
  }

  @Test
  void framesInFilesAreReadOneByOne() throws Exception {
    Path set = folder.resolve("disfa");
    for (int subject = 1; subject <= SUBJECTS; subject++) {
      String name = "SN%03d".formatted(subject);
      Path crops = Files.createDirectories(set.resolve("crops").resolve(name));
      Path labels = Files.createDirectories(set.resolve("ActionUnit_Labels").resolve(name));
      Path first = crops.resolve("1.pgm");
      try (OutputStream out = Files.newOutputStream(first)) {
        out.write(("P5\n" + SIDE + " " + SIDE + "\n255\n").getBytes(StandardCharsets.US_ASCII));
        out.write(image(subject));
      }
      StringBuilder lines = new StringBuilder("1," + (subject == 1 ? 2 : 1) + "\n");
      for (int frame = 2; frame <= FRAMES; frame++) {
        // One file with many names: the disk need not hold what the reader believes to be there.
        Files.createLink(crops.resolve(frame + ".pgm"), first);
        lines.append(frame).append(subject == 1 ? ",2\n" : ",1\n");
      }
      Files.writeString(labels.resolve(name + "_au12.txt"), lines);
    }
    readInASmallHeap(set);
  }

  @Test
  void largeArraysAreNotHeldInMemory() throws Exception {
    Path file = folder.resolve("set.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      header(zip, "images", "|u1", "(%d, %d, %d)".formatted(SUBJECTS * FRAMES, SIDE, SIDE));
      for (int subject = 1; subject <= SUBJECTS; subject++) {
        for (int frame = 0; frame < FRAMES; frame++) {
          zip.write(image(subject));
        }
      }
      zip.closeEntry();
      header(zip, "labels", "|i1", "(%d, 1)".formatted(SUBJECTS * FRAMES));
      for (int i = 0; i < SUBJECTS * FRAMES; i++) {
        zip.write(i < FRAMES ? 1 : 0);
      }
      zip.closeEntry();
    }
    readInASmallHeap(file);
  }

  private static void header(ZipOutputStream zip, String name, String type, String shape)
      throws IOException {
    String text = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n".formatted(type, shape);
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    DataOutputStream out = new DataOutputStream(zip);
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.writeShort(Short.reverseBytes((short) text.length()));
    out.writeBytes(text);
    out.flush();
  }
}
