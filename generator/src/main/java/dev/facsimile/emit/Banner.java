// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

/**
 * The first line of every generated file.
 *
 * @param toolVersion such as 0.1.0
 * @param model the network's name, harmless: au12
 * @param sha256Start first 16 digits of the model file's SHA-256
 */
public record Banner(String toolVersion, String model, String sha256Start) {}
