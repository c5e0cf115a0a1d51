// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

/** What {@code selftest/network.h.vm} prints: the names by which C reaches the network. */
public record NetworkBinding(String prefix, String macroPrefix) {}
