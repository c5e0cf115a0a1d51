// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** C identifiers from names that users and model files choose. */
public final class CName {
  private static final int LONGEST = 40;

  /**
   * Words of C and C++, and headers of C and of the self-test, which {@code prefix}.h would hide.
   */
  private static final Set<String> RESERVED =
      new TreeSet<>(
          List.of(
              """
              alignas alignof and asm auto bool break case catch char class complex const continue
              default delete do double else enum explicit export extern false float for friend goto
              if inline int long main mutable namespace new not operator or private protected public
              register restrict return short signed sizeof static struct switch template this throw
              true try typedef typename union unsigned using virtual void volatile while xor
              assert ctype errno fenv inttypes iso646 limits locale math setjmp signal stdarg stdbool
              stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype
              arena_guard board crc32 network parts print selftest stack timing vectors
              """
                  .trim()
                  .split("\\s+")));

  private CName() {}

  /**
   * Prefix of functions and types and name of files: lower case, begins with a letter, at most 40
   * characters; {@code net} where nothing of the name is left.
   */
  public static String prefix(String name) {
    String clean = identifier(name.toLowerCase(Locale.ROOT)).replaceAll("^[_0-9]+", "");
    String word = clean.isEmpty() ? "net" : clean;
    return RESERVED.contains(word) || word.startsWith("fxk") ? "net_" + word : word;
  }

  /**
   * One identifier for each name, in order, all different, none reserved: letters, digits and
   * underscores of the name, the rest replaced by underscores.
   */
  public static List<String> unique(Collection<String> names, Collection<String> reserved) {
    Set<String> taken = new TreeSet<>(reserved);
    List<String> identifiers = new ArrayList<>();
    for (String name : names) {
      String base = identifier(name);
      base = base.isEmpty() ? "unnamed" : base;
      String candidate = base;
      for (int n = 2; !taken.add(candidate); n++) {
        candidate = base + "_" + n;
      }
      identifiers.add(candidate);
    }
    return identifiers;
  }

  /** Runs of anything else become one underscore; none at the ends. */
  private static String identifier(String name) {
    String clean = name.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST).replaceAll("_+$", "");
  }
}
