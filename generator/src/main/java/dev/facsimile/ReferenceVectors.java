// SPDX-License-Identifier: Apache-2.0
package dev.facsimile;

import dev.facsimile.emit.firmware.Vector;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.plan.ExecutionPlan;
import dev.facsimile.plan.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** What the reference interpreter says a planned network must compute, layer by layer. */
public final class ReferenceVectors {
  private ReferenceVectors() {}

  /**
   * One vector for each set of inputs.
   *
   * @param inputs codes, one array for each input port in order
   */
  public static List<Vector> of(ExecutionPlan plan, List<List<byte[]>> inputs) {
    IntegerInterpreter interpreter = new IntegerInterpreter(plan.graph());
    SortedMap<Integer, Layer> layers = new TreeMap<>();
    plan.layers().forEach(layer -> layers.put(layer.step(), layer));
    return inputs.stream().map(set -> record(interpreter, layers, set)).toList();
  }

  private static Vector record(
      IntegerInterpreter interpreter, SortedMap<Integer, Layer> layers, List<byte[]> inputs) {
    List<Integer> crcs = new ArrayList<>();
    List<byte[]> outputs =
        interpreter.run(
            inputs,
            (operator, tensor, contents) -> {
              if (layers.containsKey(operator)) {
                crcs.add(crc(contents));
              }
            });
    return new Vector(
        inputs.stream().map(ConstantBytes::of).toList(),
        crcs,
        outputs.stream().map(ConstantBytes::of).toList());
  }

  private static int crc(byte[] contents) {
    CRC32 crc = new CRC32();
    crc.update(contents);
    return (int) crc.getValue();
  }
}
