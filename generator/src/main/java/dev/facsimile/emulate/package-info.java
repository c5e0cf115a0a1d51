// SPDX-License-Identifier: Apache-2.0
/**
 * Builds a generated folder for this computer or a microcontroller, runs its self-test and compares
 * every line with what the reference interpreter computed. The folder is not trusted: its files are
 * data for compilers that this package calls with command lines of its own; its Makefile is never
 * run.
 */
package dev.facsimile.emulate;
