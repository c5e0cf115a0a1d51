// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The most stack a function and all it calls can take, proved from the call graphs that gcc writes
 * with {@code -fcallgraph-info=su} (gcc 10 and later). There is no proof where a function calls
 * itself, calls through a pointer or has a frame whose size is known only at run time. The
 * generated folder's {@code board/stack.awk} does the same without Java.
 */
public final class StackUsage {
  private static final Pattern NODE =
      Pattern.compile("(?m)^node: \\{ title: \"([^\"]*)\" label: \"([^\"]*)\"");
  private static final Pattern EDGE =
      Pattern.compile("(?m)^edge: \\{ sourcename: \"([^\"]*)\" targetname: \"([^\"]*)\"");
  private static final Pattern FRAME = Pattern.compile("([0-9]+) bytes \\(([a-z,]+)\\)");

  /** More than newlib's and libgcc's functions take on any Cortex-M. */
  private static final List<LibraryFrame> LIBRARY =
      List.of(
          new LibraryFrame("mem(cpy|set|move|cmp)", 32),
          new LibraryFrame("__aeabi_mem(cpy|set|move|clr)[48]?", 40),
          new LibraryFrame("__aeabi_u?[li].*|__[a-z]+di[23]", 96));

  private final Map<String, Integer> frames = new TreeMap<>();
  private final Map<String, Set<String>> callees = new TreeMap<>();
  private final Map<String, OptionalInt> known = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  private record LibraryFrame(String name, int bytes) {}

  private StackUsage() {}

  /**
   * Reads the call graphs of a program.
   *
   * @param callGraphs contents of the {@code .ci} files of a program, one a source file
   */
  public static StackUsage of(List<String> callGraphs) {
    StackUsage usage = new StackUsage();
    callGraphs.forEach(usage::read);
    return usage;
  }

  /** Bytes, or empty where there is no proof. */
  public OptionalInt of(String function) {
    OptionalInt before = known.get(function);
    if (before != null) {
      return before;
    }
    if (!open.add(function)) {
      return OptionalInt.empty();
    }
    OptionalInt depth = depth(function);
    open.remove(function);
    known.put(function, depth);
    return depth;
  }

  private OptionalInt depth(String function) {
    Integer own = frames.get(function);
    if (own == null) {
      return LIBRARY.stream()
          .filter(library -> function.matches(library.name()))
          .mapToInt(LibraryFrame::bytes)
          .findFirst();
    }
    int deepest = 0;
    for (String callee : callees.getOrDefault(function, Set.of())) {
      OptionalInt below = of(callee);
      if (below.isEmpty() || own < 0) {
        return OptionalInt.empty();
      }
      deepest = Math.max(deepest, below.getAsInt());
    }
    return own < 0 ? OptionalInt.empty() : OptionalInt.of(own + deepest);
  }

  private void read(String callGraph) {
    for (Matcher node = NODE.matcher(callGraph); node.find(); ) {
      Matcher frame = FRAME.matcher(node.group(2));
      if (frame.find()) {
        boolean bounded = frame.group(2).matches("static|dynamic,bounded");
        frames.put(node.group(1), bounded ? Integer.parseInt(frame.group(1)) : -1);
      }
    }
    for (Matcher edge = EDGE.matcher(callGraph); edge.find(); ) {
      callees.computeIfAbsent(edge.group(1), name -> new TreeSet<>()).add(edge.group(2));
    }
  }
}
