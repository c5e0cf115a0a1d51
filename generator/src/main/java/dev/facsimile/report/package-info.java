// SPDX-License-Identifier: Apache-2.0
/**
 * What the tool has to say: numbered diagnostics, and reports for people (HTML) and machines
 * (JSON). Depends on nothing of ours.
 */
package dev.facsimile.report;
