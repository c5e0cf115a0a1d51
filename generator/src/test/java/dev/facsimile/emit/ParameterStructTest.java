// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.plan.Kernel;
import dev.facsimile.plan.KernelCall;
import dev.facsimile.plan.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A member that Java forgets would silently be zero in C. */
final class ParameterStructTest {
  private static final Pattern STRUCT =
      Pattern.compile("typedef struct (fxk_\\w+_params) \\{(.*?)\\n\\}", Pattern.DOTALL);

  @Test
  void everyMemberOfEveryStructIsSet() throws IOException {
    String headers = headers();
    Set<Kernel> seen = EnumSet.noneOf(Kernel.class);
    GeneratedCodeTest.networks()
        .forEach(
            arguments -> {
              var graph = (dev.facsimile.graph.Graph) arguments.get()[1];
              GeneratedFolder.plan(graph).layers().stream()
                  .flatMap(layer -> layer.calls().stream())
                  .forEach(
                      call -> {
                        seen.add(call.kernel());
                        assertThat(members(call))
                            .as(call.kernel().name())
                            .containsExactlyInAnyOrderElementsOf(
                                members(headers, call.kernel().parameterType(), ""));
                      });
            });
    assertThat(seen).containsExactlyInAnyOrder(Kernel.values());
  }

  @Test
  void everyKernelIsRegistered() {
    RuntimeSources runtime = new RuntimeSources();
    for (Kernel kernel : Kernel.values()) {
      assertThat(runtime.registered())
          .contains(kernel.operator() + "/" + kernel.type() + "/portable");
    }
  }

  private static List<String> members(KernelCall call) {
    return call.parameters().stream().map(Parameter::member).toList();
  }

  private static List<String> members(String headers, String type, String prefix) {
    Matcher struct = STRUCT.matcher(headers);
    while (struct.find()) {
      if (struct.group(1).equals(type)) {
        return bodyMembers(headers, prefix, struct.group(2));
      }
    }
    throw new AssertionError("no struct " + type);
  }

  private static List<String> membersOf(String headers, String prefix, String declaration) {
    String[] parts = declaration.trim().split("\\s+", 2);
    List<String> members = new ArrayList<>();
    for (String name : parts[1].split(",", -1)) {
      String member = prefix + name.replaceAll("\\[\\d+\\]", "").trim();
      if (parts[0].startsWith("fxk_")) {
        members.addAll(members(headers, parts[0], member + "."));
      } else {
        members.add(member);
      }
    }
    return members;
  }

  private static List<String> bodyMembers(String headers, String prefix, String body) {
    return Arrays.stream(body.replaceAll("(?s)/\\*.*?\\*/", "").split(";", -1))
        .filter(declaration -> !declaration.isBlank())
        .flatMap(declaration -> membersOf(headers, prefix, declaration).stream())
        .toList();
  }

  private static String headers() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(Path.of("..", "runtime-c", "include", "fxk"))) {
      for (Path file : files.sorted().toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
