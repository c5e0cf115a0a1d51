// SPDX-License-Identifier: Apache-2.0
/**
 * What comes from the user besides the model: what its outputs mean ({@link
 * dev.facsimile.dataset.TasksFile}), and images or tensors with labels ({@link
 * dev.facsimile.dataset.Dataset}). Every file is hostile until read: sizes are bounded and all
 * problems are reported at once.
 */
package dev.facsimile.dataset;
