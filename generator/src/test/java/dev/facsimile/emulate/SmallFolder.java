// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.emit.firmware.Firmware;
import dev.facsimile.emit.firmware.XorNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of the hand-written network, quick to compile. */
final class SmallFolder {
  private SmallFolder() {}

  static FirmwareFolder write(Path root, String target) {
    try {
      XorNetwork.write(root, target);
    } catch (IOException notWritten) {
      throw new UncheckedIOException(notWritten);
    }
    Firmware firmware = XorNetwork.firmware(target);
    return new FirmwareFolder(
        root,
        firmware.prefix(),
        firmware.macroPrefix(),
        firmware.target(),
        firmware.kernels(),
        firmware.modelSha256(),
        firmware.sources(),
        firmware.includes(),
        firmware.stackBytes());
  }

  /** Changes one file of a folder; the text must be there. */
  static void patch(FirmwareFolder folder, String path, String before, String after) {
    Path file = folder.root().resolve(path);
    try {
      String text = Files.readString(file);
      assertThat(text).as(path).contains(before);
      Files.writeString(file, text.replace(before, after));
    } catch (IOException notChanged) {
      throw new UncheckedIOException(notChanged);
    }
  }
}
