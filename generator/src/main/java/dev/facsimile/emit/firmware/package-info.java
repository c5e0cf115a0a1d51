// SPDX-License-Identifier: Apache-2.0
/**
 * What surrounds the generated network: the self-test and its vectors, board support, build files
 * and emulator scripts. Knows the network only by {@link dev.facsimile.emit.firmware.Firmware}.
 */
package dev.facsimile.emit.firmware;
