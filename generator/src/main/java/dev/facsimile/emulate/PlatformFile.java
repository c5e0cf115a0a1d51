// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code emulate/board.repl} of a generated folder, line by line. Renode's own language can run
 * commands and scripts of the computer that loads it, and the folder may be a stranger's: what the
 * generator does not write is refused.
 *
 * @param devices in the order of the file
 */
record PlatformFile(List<Device> devices) {
  private static final Pattern DEVICE =
      Pattern.compile(
          "([a-z][a-z0-9_]{0,63}): ([A-Za-z0-9_.]+) @ sysbus"
              + "(?: (?:(0x[0-9a-fA-F]{1,8})|<(0x[0-9a-fA-F]{1,8}), \\+(0x[0-9a-fA-F]{1,8})>))?");
  private static final Pattern PROPERTY =
      Pattern.compile(
          "    ([A-Za-z]{1,32}): ([0-9]{1,10}|0x[0-9a-fA-F]{1,8}|true|\"[a-z0-9+-]{1,32}\"|nvic)");
  private static final Pattern CONNECTION =
      Pattern.compile("    (?:[A-Za-z]{1,32} )?-> ((?:nvic|cpu)@[0-9]{1,3})");
  private static final Set<String> CONSOLES =
      Set.of("UART.CMSDK_APB_UART", "UART.NRF52840_UART", "UART.STM32_UART", "UART.STM32F7_USART");
  private static final Set<String> TYPES =
      Set.of("IRQControllers.NVIC", "CPU.CortexM", "Memory.MappedMemory", "Miscellaneous.DWT");

  /**
   * One peripheral.
   *
   * @param type Renode's class: UART.STM32_UART
   * @param address on the bus; empty for the processor
   * @param size empty where the type knows it
   * @param properties by name, as written
   * @param interrupt what its interrupt is connected to: nvic@38; empty if to nothing
   */
  record Device(
      String name,
      String type,
      OptionalLong address,
      OptionalLong size,
      Map<String, String> properties,
      String interrupt) {}

  /**
   * Reads the file.
   *
   * @throws FacsimileException FIRMWARE_INVALID, naming the first line that does not belong there
   */
  static PlatformFile parse(String text) {
    List<Device> devices = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher device = DEVICE.matcher(line);
      if (device.matches()) {
        devices.add(device(device, line));
      } else if (!line.isBlank() && !line.startsWith("//")) {
        if (devices.isEmpty()) {
          throw refused(line);
        }
        devices.add(with(devices.remove(devices.size() - 1), line));
      }
    }
    PlatformFile file = new PlatformFile(List.copyOf(devices));
    if (file.devices.stream().filter(PlatformFile::isConsole).count() != 1) {
      throw refused("it has not one console");
    }
    return file;
  }

  private static Device device(Matcher line, String text) {
    String type = line.group(2);
    if (!TYPES.contains(type) && !CONSOLES.contains(type)) {
      throw refused(text);
    }
    String address = line.group(3) == null ? line.group(4) : line.group(3);
    return new Device(
        line.group(1), type, number(address), number(line.group(5)), new TreeMap<>(), "");
  }

  private static Device with(Device device, String line) {
    Matcher property = PROPERTY.matcher(line);
    if (property.matches()) {
      Map<String, String> all = new TreeMap<>(device.properties);
      all.put(property.group(1), property.group(2));
      OptionalLong size =
          property.group(1).equals("size") ? number(property.group(2)) : device.size;
      return new Device(device.name, device.type, device.address, size, all, device.interrupt);
    }
    Matcher connection = CONNECTION.matcher(line);
    if (connection.matches()) {
      return new Device(
          device.name,
          device.type,
          device.address,
          device.size,
          device.properties,
          connection.group(1));
    }
    throw refused(line);
  }

  private static OptionalLong number(String text) {
    return text == null ? OptionalLong.empty() : OptionalLong.of(Long.decode(text));
  }

  private static boolean isConsole(Device device) {
    return CONSOLES.contains(device.type);
  }

  /** The peripheral through which the self-test speaks. */
  Device console() {
    return devices.stream().filter(PlatformFile::isConsole).findFirst().orElseThrow();
  }

  private static FacsimileException refused(String what) {
    return FacsimileException.error(
        DiagnosticCode.FIRMWARE_INVALID,
        ModelLocation.NONE,
        "emulate/board.repl is not as it was generated: " + PrintableText.line(what),
        "generate the folder again; with a platform of your own use emulate/run-renode.sh");
  }
}
