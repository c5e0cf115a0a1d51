// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.Compilation;
import dev.facsimile.CompilationRequest;
import dev.facsimile.CompiledNetwork;
import dev.facsimile.ModelFile;
import dev.facsimile.calibrate.CalibrationOptions;
import dev.facsimile.calibrate.IntegerInputs;
import dev.facsimile.calibrate.Progress;
import dev.facsimile.dataset.Dataset;
import dev.facsimile.dataset.DatasetReader;
import dev.facsimile.emit.ExpectedDecisions;
import dev.facsimile.emit.FolderWriter;
import dev.facsimile.emulate.serial.SerialPort;
import dev.facsimile.graph.Network;
import dev.facsimile.target.Targets;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The generated example of the Action Unit network on an emulated STM32. */
@Timeout(300)
final class ExampleOnBoardTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Path MODELS = Path.of("..", "models", "au12-mobile");

  /** Two people, one after the other, and back. */
  private static final int[] FILM = {0, 0, 0, 0, 0, 400, 400, 400, 400, 400, 0, 0, 0, 0, 0};

  @TempDir private static Path root;
  private static CompiledNetwork compiled;

  @BeforeAll
  static void generate() {
    PresentTools.requireQemu();
    PresentTools.require("make", "awk", SerialPort.TOOL);
    ModelFile model =
        ModelFile.read(MODELS.resolve("au12.tflite"), Optional.of(MODELS.resolve("tasks.yaml")));
    CompilationRequest request =
        new CompilationRequest(
            model,
            Targets.load().find("netduinoplus2"),
            Optional.of(DatasetReader.open(MODELS.resolve("calibration.npz"), model.network())),
            new CalibrationOptions(16, 1, 2),
            1);
    compiled = new Compilation(request, (pass, before, after) -> {}, Progress.silent()).run();
    FolderWriter.write(root.resolve("firmware"), compiled.files());
  }

  private static FirmwareFolder folder() {
    return FirmwareFolder.open(root.resolve("firmware"), Targets.load());
  }

  private static ChildProcess run(String... command) {
    return ChildProcess.run(List.of(command), folder().root(), PATIENCE);
  }

  /** Builds the example; returns the stack that is proved for it. */
  private static int build(String images) {
    ChildProcess make = run("make", "-s", "example", "EXAMPLE_IMAGES=" + images);
    assertThat(make.succeeded()).as(make.output() + make.errors()).isTrue();
    return number(make.output(), "example stack +([0-9]+) of");
  }

  private static Path image(String images) {
    return folder().root().resolve("build/netduinoplus2-example-" + images + "/au12-example.elf");
  }

  private static int number(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return Integer.parseInt(found.group(1));
  }

  @Test
  void decidesOnAStreamOfImagesFromTheSerialLineAsTheReferenceDoes() throws IOException {
    int proved = build("uart");
    Network network = compiled.quantized().network();
    Dataset faces = DatasetReader.open(MODELS.resolve("test.npz"), network);
    IntegerInputs inputs = IntegerInputs.of(faces, network);
    List<List<byte[]>> codes = new ArrayList<>();
    List<String> said = new ArrayList<>();
    try (EmulatedBoard board = EmulatedBoard.start(folder(), image("uart"));
        SerialPort line = SerialPort.open(board.device(), folder().target().baud())) {
      ImageSender sender = new ImageSender(line);
      for (int face : FILM) {
        codes.add(inputs.codes(face, network.graph()));
        said.addAll(sender.answer(faces.pixels(face)));
      }
      assertThat(number(String.join("\n", sender.end()), "stack used=([0-9]+)"))
          .isBetween(proved / 2, proved);
    }

    said.removeIf(words -> words.isEmpty() || words.startsWith("selftest result=0"));
    assertThat(said)
        .isEqualTo(ExpectedDecisions.lines(network, compiled.quantized().thresholds(), codes))
        .anyMatch(words -> words.startsWith("begins image=1 "))
        .anyMatch(words -> words.startsWith("ends "));
  }

  @Test
  void itsTestAtTheStartFindsAFlippedBitOfTheFlash() throws IOException {
    int proved = build("vectors");
    Path whole = image("vectors");

    ChildProcess good = run("sh", "emulate/run-qemu.sh", whole.toString());
    assertThat(good.succeeded()).as(good.output()).isTrue();
    assertThat(good.output()).contains("selftest result=0", "done image=0");
    assertThat(number(good.output(), "stack used=([0-9]+)")).isBetween(proved / 2, proved);

    String symbols = run("arm-none-eabi-nm", "-S", whole.toString()).output();
    Matcher constants =
        Pattern.compile("(?m)^([0-9a-f]{8}) ([0-9a-f]{8}) [RT] (au12_layer_\\w+)").matcher(symbols);
    List<Path> damaged = new ArrayList<>();
    while (constants.find() && damaged.size() < 3) {
      long last =
          Long.parseLong(constants.group(1), 16) + Long.parseLong(constants.group(2), 16) - 1;
      Path copy = root.resolve("damaged-" + damaged.size() + ".elf");
      Files.copy(whole, copy);
      flip(copy, last);
      damaged.add(copy);
    }
    assertThat(damaged).hasSize(3);
    for (Path copy : damaged) {
      ChildProcess bad = run("sh", "emulate/run-qemu.sh", copy.toString());
      assertThat(bad.succeeded()).isFalse();
      assertThat(bad.output()).contains("selftest result=1").doesNotContain("done");
    }
  }

  /** Changes the highest bit of the byte that an ELF file loads to this address. */
  private static void flip(Path elf, long address) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(elf.toFile(), "rw")) {
      long at = fileOffset(Files.readAllBytes(elf), address);
      file.seek(at);
      int value = file.read();
      file.seek(at);
      file.write(value ^ 0x80);
    }
  }

  /** By the program headers of a 32-bit little-endian ELF file. */
  private static long fileOffset(byte[] elf, long address) {
    ByteBuffer bytes = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
    int table = bytes.getInt(28);
    for (int i = 0; i < bytes.getShort(44); i++) {
      int header = table + i * bytes.getShort(42);
      long start = bytes.getInt(header + 8);
      if (address >= start && address < start + bytes.getInt(header + 16)) {
        return bytes.getInt(header + 4) + address - start;
      }
    }
    throw new AssertionError("nothing is loaded to " + address);
  }
}
