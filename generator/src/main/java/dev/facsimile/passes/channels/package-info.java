// SPDX-License-Identifier: Apache-2.0
/**
 * Removal of channels that carry nothing: which are constant, which are read, which must stay
 * together, and the slimmer graph.
 */
package dev.facsimile.passes.channels;
