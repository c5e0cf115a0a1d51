// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.target.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The self-test of a folder, cross-compiled for the folder's target. */
final class ImageBuild {
  static final String IMAGE = "selftest.elf";
  static final String PRODUCT = "product";
  private static final String OBJECTS = "objects";

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

  /**
   * Leaves {@link #IMAGE} in the build folder, and the objects of the network without the layer
   * hook in {@link #PRODUCT}. The self-test has both: one tells of every layer, the other is what
   * stack and instructions are measured on.
   */
  static Path in(BuildFolder copy, FirmwareFolder folder, Machine machine) {
    Target target = folder.target();
    Path root = copy.root();
    Toolchain toolchain = Toolchain.cross(target, machine);
    String script = "board/" + target.name() + "/" + target.name() + ".ld";
    copy.requireFile(script);
    List<String> options = new ArrayList<>(selftestOptions(folder));
    options.add("-DSELFTEST_HAS_PRODUCT");
    List<String> objects = new ArrayList<>();
    objects.addAll(toolchain.compile(root, OBJECTS, copy.imageSources(target.name()), options));
    objects.add(product(copy, folder, toolchain));
    toolchain.link(
        root,
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
    return root.resolve(IMAGE);
  }

  /** The network's own object with all its names hidden but one. */
  private static String product(BuildFolder copy, FirmwareFolder folder, Toolchain toolchain) {
    String source = "src/" + folder.prefix() + ".c";
    copy.requireFile(source);
    List<String> sources = new ArrayList<>(copy.networkSources());
    sources.addAll(folder.optionalSources());
    List<String> objects = toolchain.compile(copy.root(), PRODUCT, sources, networkOptions(folder));
    String renamed = PRODUCT + "-renamed.o";
    toolchain.rename(
        copy.root(),
        objects.get(Math.max(0, sources.indexOf(source))),
        folder.prefix() + "_run",
        "selftest_product_run",
        renamed);
    return renamed;
  }
}
