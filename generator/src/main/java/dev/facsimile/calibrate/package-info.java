// SPDX-License-Identifier: Apache-2.0
/**
 * Chooses the scales of an integer network for its tasks: observes ranges, searches them for the
 * smallest worst-task loss with the integer interpreter as judge, re-tunes decision thresholds, and
 * evaluates what each task lost. Deterministic: the number of threads changes nothing.
 */
package dev.facsimile.calibrate;
