// SPDX-License-Identifier: Apache-2.0
/**
 * From an execution plan to the generated folder: public records, Velocity templates that print
 * them, and the writer that puts the files on disk all at once or not at all. Java decides,
 * templates print.
 */
package dev.facsimile.emit;
