// SPDX-License-Identifier: Apache-2.0
/**
 * Rewrites of a graph, one class a rewrite, named verb and object. Each says in its Javadoc what
 * becomes what and whether the output's bits can change; {@link dev.facsimile.passes.PassPipeline}
 * runs them and checks the graph after each.
 */
package dev.facsimile.passes;
