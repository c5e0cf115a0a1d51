// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import java.util.List;

/**
 * A parsed YAML value that remembers where it stood, so that every complaint can name the place.
 */
sealed interface YamlNode {
  /** Line in the file, from 1. */
  int line();

  /** Column in the line, from 1. */
  int column();

  /** What a person would call this kind of value. */
  String describe();

  /**
   * A plain or quoted value.
   *
   * @param text the value as written; the empty text where there is none
   */
  record Scalar(String text, int line, int column) implements YamlNode {
    @Override
    public String describe() {
      return "'" + text + "'";
    }
  }

  /** A sequence. */
  record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "a list";
    }
  }

  /** A mapping, its entries in the order of the file; keys are distinct. */
  record Mapping(List<Entry> entries, int line, int column) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String describe() {
      return "a mapping";
    }
  }

  /** One key of a mapping with its value. */
  record Entry(Scalar key, YamlNode value) {}
}
