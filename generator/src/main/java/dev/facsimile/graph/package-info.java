// SPDX-License-Identifier: Apache-2.0
/**
 * The network between import and C: tensors, operators, tasks. Immutable records; the graph of a
 * float network and of an integer one have the same form and differ in the {@link
 * dev.facsimile.graph.DType} and {@link dev.facsimile.graph.Quantization} of their tensors.
 */
package dev.facsimile.graph;
