// SPDX-License-Identifier: Apache-2.0
/**
 * From an integer graph to what the generated C does, step by step: kernel calls, where each tensor
 * lies in the arena, the constants in the order in which the kernels read them, and what all of it
 * costs. Nothing here knows C's syntax but the names of layers.
 */
package dev.facsimile.plan;
