// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate.serial;

import java.io.InputStream;
import java.io.OutputStream;

/** A line to a board, both ways; bytes may get lost on it, come twice or change. */
public interface SerialLine extends AutoCloseable {
  /** What the board sends. A read that ends with -1 only means that nothing came for a while. */
  InputStream input();

  /** What the board is to receive. */
  OutputStream output();

  @Override
  void close();
}
