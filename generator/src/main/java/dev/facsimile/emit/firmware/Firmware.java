// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.target.MemoryRegion;
import dev.facsimile.target.Target;
import java.util.List;
import java.util.Objects;

/**
 * All that board support, self-test and build files need to know of a generated network.
 *
 * <p>What they expect of its C: {@code include/<prefix>.h} declares {@code <prefix>_context}, whose
 * member {@code arena} holds {@code <MACRO>_ARENA_BYTES} bytes, and the functions {@code
 * <prefix>_init} and {@code <prefix>_run}, which take a pointer to it and return nothing. Where the
 * macro {@code <MACRO>_LAYER_HOOK} is defined (it names a function), the network's source declares
 *
 * <pre>{@code void HOOK(uint32_t layer, const char *name, const int8_t *output, uint32_t bytes);}
 * </pre>
 *
 * and calls it after every layer, in order, with the layer's index from 0.
 *
 * @param prefix of C functions and types, au12
 * @param macroPrefix of C macros, AU12
 * @param modelSha256 of the model file, 64 lower-case hexadecimal digits
 * @param kernels what the self-test prints as {@code kernels=}: portable
 * @param sources the C files to compile, relative to the folder, {@code /} between names
 * @param optionalSources further C files of the network that a program links if it calls them
 * @param includes folders for {@code -I}, relative to the folder
 * @param inputs where the inputs lie when the network starts
 * @param outputs where the outputs lie when it has ended
 * @param layers in the order in which they run
 * @param liveSlots which bytes of the arena hold something, and during which layers
 * @param macs multiply-accumulates of one inference
 * @param contextBytes sizeof the context
 * @param stackBytes what the linker script sets aside for the stack
 */
public record Firmware(
    String prefix,
    String macroPrefix,
    String modelSha256,
    String kernels,
    Target target,
    List<String> sources,
    List<String> optionalSources,
    List<String> includes,
    List<Area> inputs,
    List<Area> outputs,
    List<Area> layers,
    List<LiveSlot> liveSlots,
    long macs,
    int contextBytes,
    int stackBytes) {

  /**
   * A named piece of the arena.
   *
   * @param name a C identifier: a port's name, or a layer's such as layer_03_conv2d
   */
  public record Area(String name, int offset, int bytes) {
    public Area {
      requireIdentifier(name);
      requireRange(offset, bytes);
    }
  }

  /**
   * Bytes that no layer from {@code first} to {@code last} may lose. What no slot holds before a
   * layer runs is dead, and the self-test overwrites it.
   *
   * @param first index of the layer that writes them; -1 for inputs
   * @param last index of the last layer that reads them; the number of layers for outputs
   */
  public record LiveSlot(int offset, int bytes, int first, int last) {
    public LiveSlot {
      requireRange(offset, bytes);
      if (first < -1 || last < first) {
        throw new IllegalArgumentException("no lifetime from " + first + " to " + last);
      }
    }
  }

  public Firmware {
    requireIdentifier(prefix);
    requireIdentifier(macroPrefix);
    if (!modelSha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256: " + modelSha256);
    }
    Objects.requireNonNull(kernels);
    Objects.requireNonNull(target);
    sources = List.copyOf(sources);
    optionalSources = List.copyOf(optionalSources);
    includes = List.copyOf(includes);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    layers = List.copyOf(layers);
    liveSlots = List.copyOf(liveSlots);
    if (contextBytes < 1) {
      throw new IllegalArgumentException("a context of " + contextBytes + " bytes");
    }
    if (stackBytes < 512 || stackBytes % 8 != 0) {
      throw new IllegalArgumentException("stack must be >= 512 bytes and a multiple of 8");
    }
  }

  /** Where the context goes; only for targets that are not the host. */
  MemoryRegion contextMemory() {
    return target.contextMemory(contextBytes, stackBytes);
  }

  private static void requireRange(int offset, int bytes) {
    if (offset < 0 || bytes < 1) {
      throw new IllegalArgumentException("no " + bytes + " bytes at " + offset);
    }
  }

  private static void requireIdentifier(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("'" + name + "' is not a C identifier");
    }
  }
}
