// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facsimile.emit.firmware.Firmware;
import dev.facsimile.emit.firmware.FirmwareFiles;
import dev.facsimile.emit.firmware.Vector;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import dev.facsimile.plan.ExecutionPlan;
import dev.facsimile.plan.SizeReport;
import dev.facsimile.target.Target;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that {@code generate} writes for one planned network on one target.
 *
 * @param network whose name gives the C prefix
 * @param thresholds smallest code that counts as present, by task; for tasks that are missing the
 *     threshold of tasks.yaml is converted
 * @param stackBytes what the linker script sets aside for the stack
 */
public record OutputFolder(
    Network network,
    ExecutionPlan plan,
    SortedMap<String, Integer> thresholds,
    Provenance provenance,
    Target target,
    int stackBytes) {

  public OutputFolder {
    thresholds = Collections.unmodifiableSortedMap(new TreeMap<>(thresholds));
  }

  /** What self-test and build files know of it. */
  public Firmware firmware() {
    return DescribeFirmware.of(
        network, plan, provenance, target, sizes().contextBytes(), stackBytes);
  }

  /** What it takes, as far as that is known without a compiler. */
  public SizeReport sizes() {
    boolean decides =
        network.tasks().stream().anyMatch(task -> task.kind() == Task.Kind.OCCURRENCE);
    boolean wide = new NamedNetwork(network, plan).hasWideTasks();
    return SizeReport.of(plan, decides ? network.tasks().size() : 0, wide ? 4 : 2);
  }

  /**
   * All files.
   *
   * @param vectors what the self-test repeats; at least one
   * @param answer what a product's own test at its start repeats
   * @param sections further members of report.json, such as what calibration did
   */
  public FileTree files(
      List<Vector> vectors, KnownAnswer answer, SortedMap<String, JsonNode> sections) {
    TemplateRenderer renderer = new TemplateRenderer();
    Firmware firmware = firmware();
    NetworkFiles code = new NetworkFiles(renderer, new RuntimeSources());
    FileTree files =
        code.files(network, plan, thresholds, provenance)
            .putAll(code.bootTest(network, plan, answer, provenance))
            .putAll(example(renderer));
    FirmwareFiles.of(renderer, firmware, vectors).forEach(files::put);
    return files
        .put("README.md", renderer.render("network/readme.md.vm", readme(firmware, answer)))
        .put("report/report.json", ReportFile.text(network, sizes(), provenance, sections))
        .put(LockFile.NAME, LockFile.text(network, firmware, sizes(), thresholds, provenance));
  }

  private FileTree example(TemplateRenderer renderer) {
    NamedNetwork named = new NamedNetwork(network, plan);
    return ExampleFiles.of(renderer, named, new DescribeTasks(named, thresholds));
  }

  private FolderReadme readme(Firmware firmware, KnownAnswer answer) {
    NamedNetwork named = new NamedNetwork(network, plan);
    ImageText image = DescribeImage.of(named);
    SizeReport sizes = sizes();
    Banner banner = Banner.of(network, provenance);
    return new FolderReadme(
        banner,
        CText.harmless(network.name()),
        named.prefix(),
        named.macro(),
        provenance.modelSha256(),
        CText.grouped(sizes.contextBytes()),
        CText.grouped(sizes.arenaBytes()),
        CText.grouped(sizes.constantBytes()),
        BootTestFile.of(named, answer, banner),
        longestLayer(sizes),
        code(firmware.sources()),
        code(firmware.includes()),
        network.tasks().isEmpty() ? "outputs" : "tasks",
        named.inputs(),
        named.outputs(),
        DescribeImage.isPresent(image),
        image,
        new DescribeTasks(named, thresholds).constants());
  }

  /** What a watchdog has to wait for. */
  private static String longestLayer(SizeReport sizes) {
    return sizes.layers().stream()
        .max(Comparator.comparingLong(SizeReport.LayerSize::macs))
        .map(layer -> "`%s` with %s".formatted(layer.name(), CText.grouped(layer.macs())))
        .orElse("none: there is no layer");
  }

  private static String code(List<String> paths) {
    return "`" + String.join("`, `", paths) + "`";
  }
}
