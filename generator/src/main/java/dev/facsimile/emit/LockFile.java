// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facsimile.emit.firmware.Firmware;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import dev.facsimile.plan.SizeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;

/**
 * {@code facsimile.lock.json}: everything needed to generate the folder again and to verify it, and
 * the mark by which the tool knows a folder of its own.
 */
public final class LockFile {
  /** Name of the file, at the top of the folder. */
  public static final String NAME = "facsimile.lock.json";

  private static final String GENERATOR = "facsimile";
  private static final int FORMAT = 1;
  private static final long LARGEST = 16 << 20;

  private LockFile() {}

  /** Whether this folder is a result of this tool. */
  static boolean isIn(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        return false;
      }
      JsonNode lock = new JsonMapper().readTree(Files.readAllBytes(file));
      return lock != null && GENERATOR.equals(lock.path("generator").asText());
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The file's text.
   *
   * @param thresholds smallest code that counts as present, by name of the task
   */
  public static String text(
      Network network,
      Firmware firmware,
      SizeReport sizes,
      SortedMap<String, Integer> thresholds,
      Provenance provenance) {
    ObjectNode lock = JsonText.object();
    lock.put("generator", GENERATOR);
    lock.put("format", FORMAT);
    lock.put("tool_version", provenance.toolVersion());
    lock.put("model", network.name());
    lock.put("model_sha256", provenance.modelSha256());
    provenance.options().forEach(lock.putObject("options")::put);
    lock.set("build", build(firmware));
    ObjectNode bytes = lock.putObject("sizes");
    bytes.put("arena", sizes.arenaBytes());
    bytes.put("context", sizes.contextBytes());
    bytes.put("constants", sizes.constantBytes());
    ArrayNode tasks = lock.putArray("tasks");
    network.tasks().forEach(task -> tasks.add(task(task, thresholds)));
    return JsonText.print(lock);
  }

  private static ObjectNode build(Firmware firmware) {
    ObjectNode build = JsonText.object();
    build.put("prefix", firmware.prefix());
    build.put("macro_prefix", firmware.macroPrefix());
    build.put("target", firmware.target().name());
    build.put("kernels", firmware.kernels());
    build.put("model_sha256", firmware.modelSha256());
    firmware.sources().forEach(build.putArray("sources")::add);
    firmware.includes().forEach(build.putArray("includes")::add);
    build.put("stack_bytes", firmware.stackBytes());
    return build;
  }

  private static ObjectNode task(Task task, SortedMap<String, Integer> thresholds) {
    ObjectNode node = JsonText.object();
    node.put("name", task.name());
    node.put("output", task.output());
    node.put("channel", task.channel());
    node.put("channels", task.channels());
    node.put("kind", task.kind().name().toLowerCase(Locale.ROOT));
    Integer threshold = thresholds.get(task.name());
    if (threshold != null) {
      node.put("threshold_code", threshold);
    }
    return node;
  }
}
