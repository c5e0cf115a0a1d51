// SPDX-License-Identifier: Apache-2.0
/**
 * The integer arithmetic of the numeric contract (TensorFlow Lite's 8-bit quantization
 * specification and the rounding of its 2.19 reference kernels), and the step from a float graph to
 * an integer graph. The parameters of every operator are computed here, once, and shared by the
 * interpreter, the planner and the emitter, so that C gets the very numbers Java was checked with.
 */
package dev.facsimile.quantize;
