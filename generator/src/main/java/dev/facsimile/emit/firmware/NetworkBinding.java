// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

/**
 * What {@code selftest/network.h.vm} prints: the names by which C reaches the network.
 *
 * @param layers how many it has, at least one
 */
public record NetworkBinding(String prefix, String macroPrefix, int layers) {}
