// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.util.List;

/** {@code example/}: a product in small, from its test at start-up to decisions. */
final class ExampleFiles {
  private static final List<String> COPIED =
      List.of(
          "decisions.h",
          "hysteresis.c",
          "hysteresis.h",
          "images.h",
          "images_uart.c",
          "images_vectors.c",
          "main.c");

  private ExampleFiles() {}

  static FileTree of(TemplateRenderer renderer, NamedNetwork named, DescribeTasks tasks) {
    ExampleFile example = ExampleFile.of(named, tasks);
    FileTree files =
        new FileTree()
            .put("example/product.h", renderer.render("example/product.h.vm", example))
            .put("example/decisions.c", renderer.render("example/decisions.c.vm", example));
    COPIED.forEach(
        name -> files.put("example/" + name, TemplateRenderer.verbatim("example/" + name)));
    return files;
  }
}
