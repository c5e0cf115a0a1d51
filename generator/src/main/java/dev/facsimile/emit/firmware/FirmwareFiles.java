// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.emit.TemplateRenderer;
import dev.facsimile.target.Target;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files around the generated network: self-test, vectors, board, build files, emulator scripts.
 * What is the same for all networks and targets is copied from {@code templates/} as it stands, so
 * that it can be compiled and read there; the rest is rendered.
 */
public final class FirmwareFiles {
  private static final List<String> SELFTEST =
      List.of(
          "arena_guard.c",
          "arena_guard.h",
          "crc32.c",
          "crc32.h",
          "frame.c",
          "frame.h",
          "main.c",
          "print.c",
          "print.h",
          "selftest.h",
          "serial.c",
          "serial.h",
          "stack.c",
          "stack.h",
          "timing.c",
          "timing.h");

  private static final List<String> RENODE =
      List.of(
          "board.repl", "run.resc", "selftest.robot", "ci/github-actions.yml", "ci/gitlab-ci.yml");

  /** Files of the sample by their templates. */
  private static final Map<String, String> ZEPHYR_SAMPLE =
      Map.of(
          "CMakeLists.txt", "packages/zephyr_sample_CMakeLists.txt.vm",
          "prj.conf", "packages/zephyr_sample_prj.conf.vm",
          "sample.yaml", "packages/zephyr_sample.yaml.vm",
          "src/main.c", "packages/zephyr_sample_main.c.vm");

  private final TemplateRenderer renderer;
  private final Firmware firmware;
  private final SortedMap<String, String> files = new TreeMap<>();

  private FirmwareFiles(TemplateRenderer renderer, Firmware firmware) {
    this.renderer = renderer;
    this.firmware = firmware;
  }

  /**
   * Contents by path relative to the firmware folder, {@code /} between names; ASCII with {@code
   * \n}.
   *
   * @param vectors at least one, each with as many inputs, outputs and layers as the firmware
   */
  public static SortedMap<String, String> of(
      TemplateRenderer renderer, Firmware firmware, List<Vector> vectors) {
    requireSameShape(firmware, vectors);
    FirmwareFiles maker = new FirmwareFiles(renderer, firmware);
    maker.addSelftest(vectors);
    maker.addBoards();
    maker.addBuild();
    maker.addEmulators();
    return maker.files;
  }

  private static void requireSameShape(Firmware firmware, List<Vector> vectors) {
    if (vectors.isEmpty()) {
      throw new IllegalArgumentException("a self-test needs a vector");
    }
    for (Vector vector : vectors) {
      if (vector.inputs().size() != firmware.inputs().size()
          || vector.outputs().size() != firmware.outputs().size()
          || vector.layerCrcs().size() != firmware.layers().size()) {
        throw new IllegalArgumentException("a vector does not fit the network");
      }
    }
  }

  private void addSelftest(List<Vector> vectors) {
    SELFTEST.forEach(name -> copy("selftest/" + name, "selftest/" + name));
    render(
        "selftest/network.h",
        "selftest/network.h.vm",
        new NetworkBinding(firmware.prefix(), firmware.macroPrefix(), firmware.layers().size()));
    render("vectors/vectors.c", "selftest/vectors.c.vm", VectorsSource.of(firmware, vectors));
    files.put("vectors/expected.txt", ExpectedOutput.of(firmware, vectors));
    files.put("vectors/inputs.txt", InputLines.of(vectors));
  }

  private void addBoards() {
    Target target = firmware.target();
    copy("board/board.h", "board/board.h");
    copy("board/host/board.c", "board/board_host.c");
    if (target.isHost()) {
      return;
    }
    String folder = "board/" + target.name() + "/";
    copy("board/parts.h", "board/parts.h");
    copy("board/size.sh", "build/size.sh");
    copy("board/size_example.sh", "build/size_example.sh");
    copy("board/stack.awk", "build/stack.awk");
    copy(folder + "board.c", "board/board.c");
    copy(folder + "startup.c", "board/startup.c");
    files.put(folder + "target.yaml", target.yaml());
    add(folder + "setup.c", BoardParts.setup(target.setup()));
    add(folder + "caches.c", BoardParts.caches(target.l1Caches()));
    add(folder + "console.c", BoardParts.console(target.console()));
    add(folder + "counter.c", BoardParts.counter(target.counter()));
    render(folder + target.name() + ".ld", "board/memory.ld.vm", LinkerScript.of(firmware));
  }

  private void addBuild() {
    BuildConfiguration configuration = BuildConfiguration.of(firmware);
    copy("Makefile", "build/Makefile");
    render("config.mk", "build/config.mk.vm", configuration);
    render("CMakeLists.txt", "build/CMakeLists.txt.vm", configuration);
    render("library.json", "build/library.json.vm", configuration);
    render("zephyr/module.yml", "build/zephyr_module.yml.vm", configuration);
    render("zephyr/Kconfig", "build/zephyr_Kconfig.vm", configuration);
    render("zephyr/CMakeLists.txt", "build/zephyr_CMakeLists.txt.vm", configuration);
    addPackages(configuration);
  }

  /** What the Makefile needs to lay the network out as other build systems demand. */
  private void addPackages(BuildConfiguration configuration) {
    render("packages/arduino/library.properties", "packages/library.properties.vm", configuration);
    render("packages/arduino/examples/infer/infer.ino", "packages/infer.ino.vm", configuration);
    render("Facsimile." + configuration.prefix() + ".pdsc", "packages/pdsc.vm", configuration);
    copy("packages/make_pack.py", "packages/make_pack.py");
    render("west.yml", "packages/west.yml.vm", configuration);
    ZEPHYR_SAMPLE.forEach(
        (path, template) -> render("zephyr/samples/infer/" + path, template, configuration));
  }

  private void addEmulators() {
    Target target = firmware.target();
    if (target.qemu().isPresent()) {
      render(
          "emulate/run-qemu.sh",
          "emulate/run-qemu.sh.vm",
          QemuScript.of(target.qemu().orElseThrow()));
    }
    if (!target.isHost()) {
      RenodePlatform platform = RenodePlatform.of(firmware, files.get("vectors/expected.txt"));
      RENODE.forEach(path -> render("emulate/" + path, "emulate/" + path + ".vm", platform));
      copy("emulate/run-renode.sh", "emulate/run-renode.sh");
    }
  }

  private void add(String path, BoardParts.Part part) {
    if (part.template().endsWith(".vm")) {
      render(path, part.template(), part.model());
    } else {
      copy(path, part.template());
    }
  }

  private void render(String path, String template, Object model) {
    files.put(path, renderer.render(template, model));
  }

  private void copy(String path, String resource) {
    files.put(path, TemplateRenderer.verbatim(resource));
  }
}
