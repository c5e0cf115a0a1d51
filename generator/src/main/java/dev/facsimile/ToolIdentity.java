// SPDX-License-Identifier: Apache-2.0
package dev.facsimile;

/** What generated files say about their maker. */
public final class ToolIdentity {
  /** The version in pom.xml; a test holds the two together. */
  public static final String VERSION = "0.1.0";

  private ToolIdentity() {}
}
