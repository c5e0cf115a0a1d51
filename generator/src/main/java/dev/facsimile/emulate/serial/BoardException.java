// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate.serial;

/** Why a conversation with a board came to nothing. */
public final class BoardException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Cause kind;

  /** What went wrong. */
  public enum Cause {
    /** Time is up. */
    SILENCE,
    /** The board has forgotten the session: it was reset. */
    SESSION_LOST,
    /** The inputs on the board are not those that were sent, or its results are gone. */
    START_AGAIN,
    /** The board answers what it must not. */
    BREACH
  }

  BoardException(Cause kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Cause kind() {
    return kind;
  }
}
