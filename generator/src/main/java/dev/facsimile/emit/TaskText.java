// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

/**
 * A constant of the enumeration of tasks.
 *
 * @param macroName end of its name: AU06
 * @param index its value, from 0
 * @param comment one line: AU06: occurrence, output au_logits, channel 3
 */
public record TaskText(String macroName, int index, String comment) {}
