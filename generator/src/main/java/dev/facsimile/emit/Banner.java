// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.graph.Network;

/**
 * The first line of every generated file.
 *
 * @param toolVersion such as 0.1.0
 * @param model the network's name, harmless: au12
 * @param sha256Start first 16 digits of the model file's SHA-256
 */
public record Banner(String toolVersion, String model, String sha256Start) {
  static Banner of(Network network, Provenance provenance) {
    return new Banner(
        provenance.toolVersion(),
        CText.harmless(network.name()),
        provenance.modelSha256().substring(0, 16));
  }
}
