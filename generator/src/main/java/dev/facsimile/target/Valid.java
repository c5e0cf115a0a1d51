// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import java.util.regex.Pattern;

/** Conditions on what a target file may say: its text reaches C, make, linker and Renode files. */
final class Valid {
  /** Neither ends a C comment nor means anything to make, a shell or the templates. */
  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9 ,.:;'()/<>=+_%-]{1,200}");

  private Valid() {}

  static void that(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  static void text(String text, String name) {
    that(
        text != null && TEXT.matcher(text).matches(),
        name + " must be 1 to 200 letters, digits, blanks and ,.:;'()/<>=+_%-");
  }

  /** A device register: a word in the address space's upper part, where no code or RAM is. */
  static void register(long address) {
    that(
        address >= 0x4000_0000L && address <= 0xffff_fffcL && address % 4 == 0,
        "a register's address must be a multiple of 4 from 0x40000000 on");
  }
}
