// SPDX-License-Identifier: Apache-2.0
/** What must hold of every graph after every pass. Checks find; they never change. */
package dev.facsimile.passes.checks;
