// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

/**
 * An input or output as templates print it.
 *
 * @param name harmless form of the user's name: au_logits
 * @param identifier end of a function's name: au_logits
 * @param macroName middle of a macro's name: AU_LOGITS
 * @param shape such as [1x96x96x1]
 * @param type C's element type: int8_t
 * @param codes what the elements are, for comments: int8 codes
 * @param bytes of all elements
 * @param offset in the arena
 * @param pointer C expression for the first element, given a context {@code ctx}
 * @param constPointer the same for a constant context
 * @param zeroPoint code of real 0
 * @param scale real value of one step as a C99 hexadecimal literal and in decimal: 0x1.8p-4
 *     (0.09375)
 */
public record PortText(
    String name,
    String identifier,
    String macroName,
    String shape,
    String type,
    String codes,
    int bytes,
    int offset,
    String pointer,
    String constPointer,
    int zeroPoint,
    String scale) {}
