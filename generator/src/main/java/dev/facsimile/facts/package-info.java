// SPDX-License-Identifier: Apache-2.0
/**
 * Computed views of a graph: who reads a tensor, how long it lives, which tasks depend on it, what
 * an operator costs. Always computed from the graph at hand and never stored in it, so that they
 * cannot go stale.
 */
package dev.facsimile.facts;
