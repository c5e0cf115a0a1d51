// SPDX-License-Identifier: Apache-2.0
/**
 * How well answers agree with labels. Every metric can be computed for any selection of subjects,
 * each counted any number of times, so that a bootstrap over people - not over frames, of which one
 * resembles the next - gives confidence intervals. Conventions are scikit-learn's where it has the
 * metric; the tests compare with its figures (test-fixtures/metrics).
 */
package dev.facsimile.metrics;
