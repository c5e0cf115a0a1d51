// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.util.List;

/**
 * What templates/network/readme.md.vm prints.
 *
 * @param title the network's name, harmless
 * @param prefix of functions: au12
 * @param macro prefix of constants: AU12
 * @param modelSha256 64 digits
 * @param contextBytes 12,345
 * @param arenaBytes 12,345
 * @param constantBytes 12,345
 * @param bootTest what the test at a product's start takes
 * @param longestLayer name and work of the layer with the most multiply-accumulates
 * @param sources C files, ready to print
 * @param includes folders, ready to print
 * @param answers what is read after a run: tasks or outputs
 * @param image how pixels become codes; only where {@code hasImage}
 */
public record FolderReadme(
    Banner banner,
    String title,
    String prefix,
    String macro,
    String modelSha256,
    String contextBytes,
    String arenaBytes,
    String constantBytes,
    BootTestFile bootTest,
    String longestLayer,
    String sources,
    String includes,
    String answers,
    List<PortText> inputs,
    List<PortText> outputs,
    boolean hasImage,
    ImageText image,
    List<TaskText> tasks) {

  public boolean hasTasks() {
    return !tasks.isEmpty();
  }
}
