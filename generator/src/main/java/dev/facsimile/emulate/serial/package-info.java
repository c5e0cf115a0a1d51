// SPDX-License-Identifier: Apache-2.0
/**
 * The computer's end of the serial protocol (docs/serial.md): frames, requests that are repeated
 * until they are answered, and inferences on a board. Knows nothing of folders and verdicts.
 */
package dev.facsimile.emulate.serial;
