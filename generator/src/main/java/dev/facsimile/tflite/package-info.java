// SPDX-License-Identifier: Apache-2.0
/**
 * Reads and writes TensorFlow Lite files (schema version 3). The only package that knows the
 * flatbuffer schema.
 *
 * <p>Reading has two steps. {@code FlatFileDecoder} turns bytes into plain records and survives any
 * bytes; {@code GraphImporter} turns those records into a graph and checks every shape, type and
 * quantization, so that no later stage meets an inconsistent network.
 */
package dev.facsimile.tflite;
