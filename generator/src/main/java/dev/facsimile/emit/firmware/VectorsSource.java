// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.graph.ConstantBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code selftest/vectors.c.vm} prints. Lists of strings are initialisers, one a line.
 *
 * @param arrays inputs and expected outputs, every vector's
 * @param inputNames names of the arrays, vector by vector, port by port
 */
public record VectorsSource(
    String prefix,
    String modelSha256,
    String kernels,
    int vectors,
    int inputs,
    int outputs,
    int layers,
    int liveSlotCount,
    List<ByteArray> arrays,
    List<String> inputAreas,
    List<String> outputAreas,
    List<String> layerAreas,
    List<String> liveSlots,
    List<String> inputNames,
    List<String> outputNames,
    List<String> layerCrcs) {

  static VectorsSource of(Firmware firmware, List<Vector> vectors) {
    List<ByteArray> inputs = arrays("input", vectors.stream().map(Vector::inputs).toList());
    List<ByteArray> outputs = arrays("output", vectors.stream().map(Vector::outputs).toList());
    List<ByteArray> all = new ArrayList<>(inputs);
    all.addAll(outputs);
    return new VectorsSource(
        firmware.prefix(),
        firmware.modelSha256(),
        firmware.kernels(),
        vectors.size(),
        firmware.inputs().size(),
        firmware.outputs().size(),
        firmware.layers().size(),
        firmware.liveSlots().size(),
        List.copyOf(all),
        firmware.inputs().stream().map(VectorsSource::initializer).toList(),
        firmware.outputs().stream().map(VectorsSource::initializer).toList(),
        firmware.layers().stream().map(VectorsSource::initializer).toList(),
        firmware.liveSlots().stream().map(VectorsSource::initializer).toList(),
        inputs.stream().map(array -> array.name() + ",").toList(),
        outputs.stream().map(array -> array.name() + ",").toList(),
        vectors.stream().map(VectorsSource::crcs).toList());
  }

  private static List<ByteArray> arrays(String kind, List<List<ConstantBytes>> contents) {
    List<ByteArray> arrays = new ArrayList<>();
    for (int vector = 0; vector < contents.size(); vector++) {
      for (int port = 0; port < contents.get(vector).size(); port++) {
        String name = kind + "_v" + vector + "_p" + port;
        arrays.add(ByteArray.of(name, contents.get(vector).get(port)));
      }
    }
    return arrays;
  }

  private static String initializer(Firmware.Area area) {
    return "{\"%s\", %s, %s},".formatted(area.name(), area.offset(), area.bytes());
  }

  private static String initializer(Firmware.LiveSlot slot) {
    return "{%s, %s, %s, %s},".formatted(slot.offset(), slot.bytes(), slot.first(), slot.last());
  }

  private static String crcs(Vector vector) {
    StringBuilder line = new StringBuilder();
    for (int crc : vector.layerCrcs()) {
      line.append(String.format(Locale.ROOT, "0x%08xu, ", crc));
    }
    return line.toString().stripTrailing();
  }
}
