// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.KnownAnswers;
import dev.facsimile.ReferenceVectors;
import dev.facsimile.emit.DescribeFirmware;
import dev.facsimile.emit.FileTree;
import dev.facsimile.emit.NetworkFiles;
import dev.facsimile.emit.Provenance;
import dev.facsimile.emit.RuntimeSources;
import dev.facsimile.emit.TemplateRenderer;
import dev.facsimile.emit.firmware.Firmware;
import dev.facsimile.emit.firmware.FirmwareFiles;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Port;
import dev.facsimile.plan.ExecutionPlan;
import dev.facsimile.plan.ExecutionPlanner;
import dev.facsimile.plan.MemoryPlanner;
import dev.facsimile.plan.SizeReport;
import dev.facsimile.target.Target;
import dev.facsimile.target.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Writes integer graphs as firmware folders, with vectors of random inputs. */
final class GeneratedFirmware {
  private static final String NAME = "subject";
  private static final String SHA256 = "0123456789abcdef".repeat(4);

  private static final int STACK_BYTES = 4096;

  private GeneratedFirmware() {}

  /** The folder of a graph for a target. */
  static FirmwareFolder write(Graph graph, String targetName, int vectors, Path root) {
    Target target = Targets.load().find(targetName);
    ExecutionPlan plan = new ExecutionPlanner(new MemoryPlanner(4)).plan(graph);
    TemplateRenderer renderer = new TemplateRenderer();
    Network network = new Network(NAME, plan.graph(), List.of(), Optional.empty());
    Provenance provenance = new Provenance("0.0.0", SHA256, new TreeMap<>());
    NetworkFiles code = new NetworkFiles(renderer, new RuntimeSources());
    FileTree files =
        code.files(network, plan, new TreeMap<>(), provenance)
            .putAll(code.bootTest(network, plan, KnownAnswers.of(plan), provenance));
    int context = SizeReport.of(plan, 0).contextBytes();
    Firmware firmware =
        DescribeFirmware.of(network, plan, provenance, target, context, STACK_BYTES);
    FirmwareFiles.of(renderer, firmware, ReferenceVectors.of(plan, inputs(graph, vectors)))
        .forEach(files::put);
    files.files().forEach((path, bytes) -> write(root.resolve(path), bytes));
    return new FirmwareFolder(
        root,
        firmware.prefix(),
        firmware.macroPrefix(),
        target,
        firmware.kernels(),
        SHA256,
        firmware.sources(),
        firmware.includes(),
        firmware.stackBytes());
  }

  private static List<List<byte[]>> inputs(Graph graph, int vectors) {
    Random random = new Random(7);
    List<List<byte[]>> inputs = new ArrayList<>();
    for (int i = 0; i < vectors; i++) {
      List<byte[]> codes = new ArrayList<>();
      for (Port port : graph.inputs()) {
        byte[] bytes = new byte[graph.tensor(port.tensor()).bytes()];
        random.nextBytes(bytes);
        codes.add(bytes);
      }
      inputs.add(codes);
    }
    return inputs;
  }

  private static void write(Path path, byte[] bytes) {
    try {
      Files.createDirectories(path.getParent());
      Files.write(path, bytes);
    } catch (IOException notWritten) {
      throw new UncheckedIOException(notWritten);
    }
  }
}
