// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import dev.facsimile.target.Target;
import dev.facsimile.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A generated folder, as its {@code facsimile.lock.json} describes it. The object {@code build} of
 * that file holds what is here: {@code prefix}, {@code macro_prefix}, {@code target}, {@code
 * kernels}, {@code model_sha256}, {@code sources}, {@code includes}, {@code stack_bytes}.
 *
 * @param root the folder
 * @param prefix of the network's C functions
 * @param macroPrefix of its C macros
 * @param kernels which variants of the kernels it calls, joined with commas: portable
 * @param sources C files of the network, relative to the root
 * @param includes folders of its headers, relative to the root
 * @param stackBytes what the linker script sets aside
 */
public record FirmwareFolder(
    Path root,
    String prefix,
    String macroPrefix,
    Target target,
    String kernels,
    String modelSha256,
    List<String> sources,
    List<String> includes,
    int stackBytes) {
  public static final String LOCK_FILE = "facsimile.lock.json";
  private static final int MOST_LOCK_BYTES = 16 << 20;
  private static final int MOST_STACK = 1 << 24;
  private static final String IDENTIFIER = "[A-Za-z_][A-Za-z0-9_]{0,127}";
  private static final String RELATIVE_PATH =
      "[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*";

  public FirmwareFolder {
    root = root.toAbsolutePath().normalize();
    sources = List.copyOf(sources);
    includes = List.copyOf(includes);
  }

  /**
   * Reads the lock file and believes nothing of it that does not have the form it must have.
   *
   * @throws FacsimileException FIRMWARE_INVALID, FILE_UNREADABLE or TARGET_UNKNOWN
   */
  public static FirmwareFolder open(Path root, Targets targets) {
    JsonNode build = lock(root).path("build");
    return new FirmwareFolder(
        root,
        text(build, "prefix", IDENTIFIER),
        text(build, "macro_prefix", IDENTIFIER),
        target(root, text(build, "target", "[a-z][a-z0-9-]{0,63}"), targets),
        text(build, "kernels", "[a-z0-9_,-]{1,128}"),
        text(build, "model_sha256", "[0-9a-f]{64}"),
        texts(build, "sources", RELATIVE_PATH + "\\.c"),
        texts(build, "includes", RELATIVE_PATH),
        stackBytes(build));
  }

  /** One of the tool's own, or the user's, whose description lies in the folder. */
  private static Target target(Path root, String name, Targets targets) {
    Path description = root.resolve("board").resolve(name).resolve("target.yaml");
    if (targets.knows(name) || !Files.isRegularFile(description)) {
      return targets.find(name);
    }
    Target described = targets.read(description);
    if (!described.name().equals(name)) {
      throw invalid("board/" + name + "/target.yaml describes another target");
    }
    return described;
  }

  /** C files of the network that a program need not call; only those that are there. */
  List<String> optionalSources() {
    String bootTest = "src/" + prefix + "_selftest.c";
    return Files.isRegularFile(root.resolve(bootTest)) ? List.of(bootTest) : List.of();
  }

  /** {@code vectors/expected.txt}, the lines a run must print. */
  public Path expectedOutput() {
    return root.resolve("vectors").resolve("expected.txt");
  }

  /** The macro that names the function to call after each layer. */
  String layerHook() {
    return macroPrefix + "_LAYER_HOOK";
  }

  private static JsonNode lock(Path root) {
    Path file = root.resolve(LOCK_FILE);
    if (!Files.isRegularFile(file)) {
      throw invalid("'" + root + "' has no " + LOCK_FILE);
    }
    try {
      if (Files.size(file) > MOST_LOCK_BYTES) {
        throw invalid(LOCK_FILE + " is too large");
      }
      return JsonMapper.builder().build().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException malformed) {
      throw invalid(LOCK_FILE + " is not JSON: " + malformed.getOriginalMessage());
    } catch (IOException unreadable) {
      throw FacsimileException.error(
          DiagnosticCode.FILE_UNREADABLE,
          ModelLocation.NONE,
          "cannot read '" + file + "': " + unreadable.getMessage(),
          "check that the file exists and may be read");
    }
  }

  private static String text(JsonNode build, String field, String form) {
    JsonNode value = build.path(field);
    if (!value.isTextual() || !value.textValue().matches(form)) {
      throw invalid("build." + field + " of " + LOCK_FILE + " is missing or has the wrong form");
    }
    return value.textValue();
  }

  private static List<String> texts(JsonNode build, String field, String form) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : build.path(field)) {
      if (!value.isTextual() || !value.textValue().matches(form)) {
        throw invalid("build." + field + " of " + LOCK_FILE + " names what it may not");
      }
      values.add(value.textValue());
    }
    if (values.isEmpty()) {
      throw invalid("build." + field + " of " + LOCK_FILE + " is missing");
    }
    return values;
  }

  private static int stackBytes(JsonNode build) {
    int bytes = build.path("stack_bytes").asInt(0);
    if (bytes < 1 || bytes > MOST_STACK) {
      throw invalid("build.stack_bytes of " + LOCK_FILE + " is missing or out of range");
    }
    return bytes;
  }

  private static FacsimileException invalid(String message) {
    return FacsimileException.error(
        DiagnosticCode.FIRMWARE_INVALID,
        ModelLocation.NONE,
        PrintableText.line(message),
        "give the folder that 'facsimile generate' wrote, or generate it again");
  }
}
