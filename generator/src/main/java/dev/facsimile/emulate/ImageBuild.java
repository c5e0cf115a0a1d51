// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.target.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The self-test of a folder, cross-compiled for the folder's target. */
final class ImageBuild {
  static final String IMAGE = "selftest.elf";
  static final String OBJECTS = "objects";

  private ImageBuild() {}

  /** Options for compiling the self-test and, with it, the network. */
  static List<String> selftestOptions(FirmwareFolder folder) {
    List<String> options = new ArrayList<>(networkOptions(folder));
    options.addAll(
        List.of("-Iselftest", "-Iboard", "-D" + folder.layerHook() + "=selftest_layer_hook"));
    return options;
  }

  /** Options for compiling the network as a product has it. */
  static List<String> networkOptions(FirmwareFolder folder) {
    return folder.includes().stream().map(include -> "-I" + include).toList();
  }

  /** Leaves {@link #IMAGE} in the build folder. */
  static Path in(BuildFolder copy, FirmwareFolder folder) {
    Target target = folder.target();
    Toolchain toolchain = Toolchain.cross(target);
    String script = "board/" + target.name() + "/" + target.name() + ".ld";
    copy.requireFile(script);
    List<String> objects =
        toolchain.compile(
            copy.root(), OBJECTS, copy.imageSources(target.name()), selftestOptions(folder));
    toolchain.link(
        copy.root(),
        objects,
        List.of(
            "-nostartfiles",
            "-specs=nano.specs",
            "-Wl,--gc-sections",
            "-Wl,--fatal-warnings",
            "-Wl,--defsym=stack_bytes=" + folder.stackBytes(),
            "-T",
            script),
        IMAGE);
    return copy.root().resolve(IMAGE);
  }
}
