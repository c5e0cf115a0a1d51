// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Which programs are on the path. */
public final class InstalledTools {
  public static final String CROSS_COMPILER = "arm-none-eabi-gcc";
  public static final String QEMU = "qemu-system-arm";

  private final List<Path> folders;

  private InstalledTools(List<Path> folders) {
    this.folders = folders;
  }

  /** Those of this process's PATH. */
  public static InstalledTools onPath() {
    return on(System.getenv().getOrDefault("PATH", ""));
  }

  /** Those in the folders of a search path; relative entries are not searched. */
  public static InstalledTools on(String searchPath) {
    return new InstalledTools(
        Arrays.stream(searchPath.split(File.pathSeparator))
            .filter(folder -> folder.startsWith(File.separator))
            .map(Path::of)
            .toList());
  }

  public boolean has(String tool) {
    return folders.stream().map(folder -> folder.resolve(tool)).anyMatch(Files::isExecutable);
  }

  public boolean hasAll(List<String> tools) {
    return missing(tools).isEmpty();
  }

  /** Those that are not there, in the order asked for. */
  public List<String> missing(List<String> tools) {
    return tools.stream().filter(tool -> !has(tool)).toList();
  }

  /**
   * Does nothing if all are there.
   *
   * @param purpose what they are needed for, such as {@code --on qemu}
   * @throws FacsimileException TOOL_MISSING, naming all that are missing
   */
  public void require(List<String> tools, String purpose) {
    List<String> missing = missing(tools);
    if (!missing.isEmpty()) {
      throw FacsimileException.error(
          DiagnosticCode.TOOL_MISSING,
          ModelLocation.NONE,
          purpose + " needs " + String.join(" and ", missing) + ", not found on the path",
          "on Debian and Ubuntu: apt-get install " + String.join(" ", packages(missing)));
    }
  }

  private static List<String> packages(List<String> tools) {
    return tools.stream()
        .map(
            tool ->
                tool.equals(CROSS_COMPILER) ? "gcc-arm-none-eabi libnewlib-arm-none-eabi" : tool)
        .toList();
  }
}
