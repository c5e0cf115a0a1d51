// SPDX-License-Identifier: Apache-2.0
/**
 * Runs graphs in Java. What {@link dev.facsimile.interpret.IntegerInterpreter} computes is the
 * specification of the generated C, equal to TensorFlow Lite 2.19's reference kernels bit for bit;
 * {@link dev.facsimile.interpret.FloatInterpreter} is its counterpart for float networks. Plain
 * loops over plain arrays, arranged so that the JIT compiler can vectorise the inner ones.
 */
package dev.facsimile.interpret;
