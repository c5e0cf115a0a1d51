// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

/**
 * An input or output as templates print it.
 *
 * @param name harmless form of the user's name: au_logits
 * @param identifier end of a function's name: au_logits
 * @param macroName middle of a macro's name: AU_LOGITS
 * @param shape such as [1x96x96x1]
 * @param bytes elements, one byte each
 * @param offset in the arena
 * @param zeroPoint code of real 0
 * @param scale real value of one step as a C99 hexadecimal literal and in decimal: 0x1.8p-4
 *     (0.09375)
 */
public record PortText(
    String name,
    String identifier,
    String macroName,
    String shape,
    int bytes,
    int offset,
    int zeroPoint,
    String scale) {}
