// SPDX-License-Identifier: Apache-2.0
/** Facsimile: trained multi-task networks to bit-exact fixed-point C for Cortex-M. */
package dev.facsimile;
