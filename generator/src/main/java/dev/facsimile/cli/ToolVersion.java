// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import picocli.CommandLine;

/** The version that --version prints and generated files carry. */
final class ToolVersion implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"facsimile " + dev.facsimile.ToolIdentity.VERSION};
  }
}
