// SPDX-License-Identifier: Apache-2.0
/**
 * Processor cores, boards and their memory maps, as data: one YAML file a target. Knows nothing of
 * networks.
 */
package dev.facsimile.target;
