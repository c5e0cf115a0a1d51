// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.util.List;

/**
 * How pixels become codes.
 *
 * @param port harmless name of the input: image
 * @param pixels what a row is made of: grey bytes
 * @param mean subtracted from a pixel, in decimal: 127.5
 * @param std divides the difference, in decimal
 * @param coding one sentence on how that becomes a code
 * @param bytes of the image and of the input
 * @param offset of the input in the arena
 * @param hasTable false where the code is the pixel - 128
 * @param table code of each of the 256 pixel values, in lines of initialisers
 */
public record ImageText(
    String port,
    int height,
    int width,
    String pixels,
    String mean,
    String std,
    String coding,
    int bytes,
    int offset,
    boolean hasTable,
    List<String> table) {}
