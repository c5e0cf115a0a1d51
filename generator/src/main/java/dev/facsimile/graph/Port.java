// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.Objects;

/**
 * An input or output of the whole network.
 *
 * @param name what the user calls it: the SignatureDef's name where the file has one, else the
 *     tensor's name
 */
public record Port(String name, TensorId tensor) {
  public Port {
    Objects.requireNonNull(name);
    Objects.requireNonNull(tensor);
  }
}
