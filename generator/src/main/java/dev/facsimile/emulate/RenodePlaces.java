// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.emulate.RenodeRunner.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds Renode: a program of this computer before a container. */
final class RenodePlaces {
  /** The image that {@code docker/renode} defines, and the one that it is made from. */
  static final List<String> IMAGES = List.of("facsimile/renode", "antmicro/renode:1.16.1");

  private static final List<String> PROGRAMS = List.of("renode", "renode-test");
  private static final String NOT_HERE =
      "no renode and no renode-test on the path, " + InstalledTools.RENODE_VARIABLE + " is not set";

  private RenodePlaces() {}

  /** The first that there is; if there is none, a place that says so. */
  static Place find(InstalledTools tools) {
    Place here = here(tools);
    boolean chosen = !tools.renode().isBlank();
    return chosen || here.obstacle().isEmpty() ? here : inContainer(tools);
  }

  /** On this computer, or a place that says that there is none. */
  static Place here(InstalledTools tools) {
    if (!tools.renode().isBlank()) {
      return local(tools.renode(), named(tools.renode(), tools));
    }
    return PROGRAMS.stream()
        .map(tools::find)
        .flatMap(Optional::stream)
        .map(program -> local(program.toString(), Optional.empty()))
        .findFirst()
        .orElseGet(() -> local(PROGRAMS.get(0), Optional.of(NOT_HERE)));
  }

  private static Optional<String> named(String program, InstalledTools tools) {
    boolean there =
        program.contains("/") ? Files.isExecutable(Path.of(program)) : tools.has(program);
    return there
        ? Optional.empty()
        : Optional.of(
            InstalledTools.RENODE_VARIABLE + " names no program: " + PrintableText.line(program));
  }

  private static Place local(String program, Optional<String> obstacle) {
    return new Place("", program, List.of(), obstacle, root -> Machine.LOCAL);
  }

  private static Place inContainer(InstalledTools tools) {
    if (!tools.has(DockerContainer.DOCKER)) {
      return nowhere("there is no docker command");
    }
    String why = "";
    for (String image : IMAGES) {
      Optional<String> obstacle = DockerContainer.obstacle(image);
      if (obstacle.isEmpty()) {
        return in(image);
      }
      why = obstacle.get();
    }
    return nowhere(why);
  }

  /** In a container of that image. */
  static Place in(String image) {
    return new Place(
        " in docker",
        PROGRAMS.get(0),
        List.of(DockerContainer.DOCKER),
        Optional.empty(),
        root -> DockerContainer.start(image, root));
  }

  private static Place nowhere(String why) {
    return local(PROGRAMS.get(0), Optional.of(NOT_HERE + ", and no container: " + why));
  }
}
