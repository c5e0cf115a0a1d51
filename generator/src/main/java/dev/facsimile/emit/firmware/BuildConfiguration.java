// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.target.FlashTool;
import dev.facsimile.target.MemoryRegion;
import dev.facsimile.target.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * What the build files print; lists are joined with blanks.
 *
 * @param release of the library, three numbers: those who publish it count
 * @param version the release with the start of the model's SHA-256 as build metadata (semver.org)
 * @param librarySources all C files of the network, those that a program need not call included
 * @param crossCompiled false for the host, whose memory fields are empty
 * @param ramBytes of the regions that hold data, stack and the network's context
 * @param programmable whether there is a real board
 */
public record BuildConfiguration(
    String prefix,
    String macroPrefix,
    String release,
    String version,
    String target,
    String sources,
    String optionalSources,
    String includes,
    List<String> librarySources,
    List<String> includeList,
    String layerHook,
    int stackBytes,
    boolean crossCompiled,
    String cpuFlags,
    String flashAddress,
    long flashBytes,
    long ramBytes,
    boolean programmable,
    String openocdTarget,
    String openocdInterface) {

  private static final String FIRST_RELEASE = "1.0.0";

  /** CsubType of PACK.xsd. */
  private static final int LONGEST_PACK_COMPONENT = 32;

  static BuildConfiguration of(Firmware firmware) {
    Target target = firmware.target();
    boolean cross = !target.isHost();
    return new BuildConfiguration(
        firmware.prefix(),
        firmware.macroPrefix(),
        FIRST_RELEASE,
        FIRST_RELEASE + "+" + firmware.modelSha256().substring(0, 12),
        target.name(),
        String.join(" ", firmware.sources()),
        String.join(" ", firmware.optionalSources()),
        String.join(" ", firmware.includes()),
        librarySources(firmware),
        firmware.includes(),
        firmware.macroPrefix() + "_LAYER_HOOK",
        firmware.stackBytes(),
        cross,
        String.join(" ", target.compilerFlags()),
        cross ? target.codeMemory().addressText() : "",
        cross ? target.codeMemory().bytes() : 0,
        cross ? ramBytes(firmware) : 0,
        target.flash().isPresent(),
        target.flash().map(FlashTool::openocdTarget).orElse(""),
        target.flash().map(FlashTool::openocdInterface).orElse(""));
  }

  /** What a program that calls the network need not find. */
  public List<String> privateIncludes() {
    return includeList.stream().filter(folder -> !folder.equals("include")).toList();
  }

  /** The network's name as far as a CMSIS-Pack's component may have it. */
  public String packComponent() {
    return prefix.substring(0, Math.min(prefix.length(), LONGEST_PACK_COMPONENT));
  }

  private static List<String> librarySources(Firmware firmware) {
    List<String> sources = new ArrayList<>(firmware.sources());
    sources.addAll(firmware.optionalSources());
    return sources;
  }

  /** Of the regions that the linker script fills: one, or the context's and the data's. */
  private static long ramBytes(Firmware firmware) {
    MemoryRegion data = firmware.target().dataMemory();
    MemoryRegion context = firmware.contextMemory();
    return data.bytes() + (context.equals(data) ? 0 : context.bytes());
  }
}
