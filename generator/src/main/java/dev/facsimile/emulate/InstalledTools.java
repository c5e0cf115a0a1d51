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
import java.util.Optional;

/** Which programs are on the path, or named by the user. */
public final class InstalledTools {
  public static final String CROSS_COMPILER = "arm-none-eabi-gcc";
  public static final String QEMU = "qemu-system-arm";

  /** Names Renode's program where it is not on the path. */
  static final String RENODE_VARIABLE = "FACSIMILE_RENODE";

  private final List<Path> folders;
  private final String renode;

  private InstalledTools(List<Path> folders, String renode) {
    this.folders = folders;
    this.renode = renode;
  }

  /** Those of this process's PATH, and what its {@code FACSIMILE_RENODE} names. */
  public static InstalledTools onPath() {
    return on(
        System.getenv().getOrDefault("PATH", ""),
        System.getenv().getOrDefault(RENODE_VARIABLE, ""));
  }

  /** Those in the folders of a search path; relative entries are not searched. */
  public static InstalledTools on(String searchPath) {
    return on(searchPath, "");
  }

  /**
   * The same, and a Renode of the user's choice.
   *
   * @param renode path or name of the program; empty for none
   */
  static InstalledTools on(String searchPath, String renode) {
    return new InstalledTools(
        Arrays.stream(searchPath.split(File.pathSeparator))
            .filter(folder -> folder.startsWith(File.separator))
            .map(Path::of)
            .toList(),
        renode);
  }

  /** The Renode of the user's choice, whether it is there or not; empty for none. */
  String renode() {
    return renode;
  }

  public boolean has(String tool) {
    return find(tool).isPresent();
  }

  /** Where it is: in the first folder that has it. */
  public Optional<Path> find(String tool) {
    return folders.stream()
        .map(folder -> folder.resolve(tool))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
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
