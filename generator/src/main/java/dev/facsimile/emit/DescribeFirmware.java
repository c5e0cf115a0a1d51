// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.emit.firmware.Firmware;
import dev.facsimile.emit.firmware.Firmware.Area;
import dev.facsimile.emit.firmware.Firmware.LiveSlot;
import dev.facsimile.graph.Network;
import dev.facsimile.plan.ExecutionPlan;
import dev.facsimile.plan.LayerLifetimes;
import dev.facsimile.plan.Slot;
import dev.facsimile.target.Target;
import java.util.List;

/** What the self-test and the build files need to know of a planned network. */
public final class DescribeFirmware {
  private DescribeFirmware() {}

  /**
   * The description of one network on one target.
   *
   * @param contextBytes sizeof the context
   * @param stackBytes what the linker script sets aside for the stack
   */
  public static Firmware of(
      Network network,
      ExecutionPlan plan,
      Provenance provenance,
      Target target,
      int contextBytes,
      int stackBytes) {
    NamedNetwork named = new NamedNetwork(network, plan);
    return new Firmware(
        named.prefix(),
        named.macro(),
        provenance.modelSha256(),
        NetworkFiles.PORTABLE,
        target,
        List.of("src/" + named.prefix() + ".c", "src/" + named.prefix() + "_weights.c"),
        List.of("src/" + named.prefix() + "_selftest.c"),
        List.of("include", "src", "runtime/include", "runtime/src"),
        named.inputs().stream().map(DescribeFirmware::area).toList(),
        named.outputs().stream().map(DescribeFirmware::area).toList(),
        plan.layers().stream()
            .map(
                layer ->
                    new Area(layer.name(), layer.outputSlot().offset(), layer.outputSlot().bytes()))
            .toList(),
        LayerLifetimes.of(plan).stream().map(DescribeFirmware::liveSlot).toList(),
        plan.macs(),
        contextBytes,
        stackBytes);
  }

  private static Area area(PortText port) {
    String name = Character.isDigit(port.identifier().charAt(0)) ? "_" : "";
    return new Area(name + port.identifier(), port.offset(), port.bytes());
  }

  private static LiveSlot liveSlot(LayerLifetimes.Lifetime lifetime) {
    Slot slot = lifetime.slot();
    return new LiveSlot(slot.offset(), slot.bytes(), lifetime.first(), lifetime.last());
  }
}
