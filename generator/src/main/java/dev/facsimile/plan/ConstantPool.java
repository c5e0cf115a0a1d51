// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.plan.ConstantBlock.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects constants; blocks of the same contents become one. */
final class ConstantPool {
  private record Key(Element element, ConstantBytes data) {}

  private final Map<Key, String> names = new LinkedHashMap<>();
  private final Map<String, List<String>> notes = new LinkedHashMap<>();

  /** The block that holds {@code data}; a new one is called {@code name}. */
  Operand.InFlash add(String name, Element element, ConstantBytes data, String note) {
    String block = names.computeIfAbsent(new Key(element, data), key -> name);
    notes.computeIfAbsent(block, key -> new ArrayList<>()).add(note);
    return new Operand.InFlash(block);
  }

  int bytes() {
    return names.keySet().stream().mapToInt(key -> key.data().size()).sum();
  }

  /** In the order in which they were first asked for. */
  List<ConstantBlock> blocks() {
    return names.entrySet().stream()
        .map(
            entry ->
                new ConstantBlock(
                    entry.getValue(),
                    entry.getKey().element(),
                    entry.getKey().data(),
                    notes.getOrDefault(entry.getValue(), List.of())))
        .toList();
  }
}
