// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facsimile.graph.Network;
import dev.facsimile.plan.SizeReport;
import java.util.SortedMap;

/** {@code report/report.json}: sizes, layer by layer, and what other stages have to add. */
public final class ReportFile {
  private ReportFile() {}

  /**
   * The file's text.
   *
   * @param sections further members of the top object, such as what calibration did; not one of
   *     those written here
   */
  public static String text(
      Network network,
      SizeReport sizes,
      Provenance provenance,
      SortedMap<String, JsonNode> sections) {
    ObjectNode report = JsonText.object();
    report.put("tool_version", provenance.toolVersion());
    report.put("model", network.name());
    report.put("model_sha256", provenance.modelSha256());
    ObjectNode memory = report.putObject("memory");
    memory.put("arena_bytes", sizes.arenaBytes());
    memory.put("arena_lower_bound_bytes", sizes.arenaLowerBound());
    memory.put("peak_layer", sizes.peakLayer());
    memory.put("context_bytes", sizes.contextBytes());
    memory.put("constant_bytes", sizes.constantBytes());
    report.put("macs", sizes.macs());
    ArrayNode layers = report.putArray("layers");
    for (SizeReport.LayerSize layer : sizes.layers()) {
      ObjectNode node = layers.addObject();
      node.put("name", layer.name());
      node.put("operator", layer.operator());
      node.put("macs", layer.macs());
      node.put("constant_bytes", layer.constantBytes());
      node.put("input_bytes", layer.inputBytes());
      node.put("output_bytes", layer.outputBytes());
    }
    sections.forEach(
        (name, section) -> {
          if (report.has(name)) {
            throw new IllegalArgumentException("the report has a section " + name + " already");
          }
          report.set(name, section);
        });
    return JsonText.print(report);
  }
}
