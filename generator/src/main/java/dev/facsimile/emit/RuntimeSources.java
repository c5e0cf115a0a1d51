// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.plan.Kernel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The C runtime that the tool carries: its registry of kernels, its version, and the files that a
 * choice of kernels needs.
 */
public final class RuntimeSources {
  private static final String ROOT = "/runtime-c/";
  private static final Pattern ENTRY =
      Pattern.compile(
          "(?m)^FXK_KERNEL\\((\\w+), (\\w+), (\\w+), (\\w+), \"([\\w./]+)\", (\\w+)\\)");
  private static final Pattern INCLUDE = Pattern.compile("(?m)^#include \"([\\w./]+)\"");
  private static final Pattern VERSION = Pattern.compile("(?m)^#define FXK_VERSION (\\d+)$");
  private static final Pattern VERSION_STRING =
      Pattern.compile("(?m)^#define FXK_VERSION_STRING \"([\\d.]+)\"$");

  /**
   * One line of the registry.
   *
   * @param header to include, relative to {@code runtime/src}
   * @param function C name
   */
  record Entry(String header, String function) {}

  private final SortedMap<String, Entry> entries = new TreeMap<>();

  public RuntimeSources() {
    ENTRY
        .matcher(resource("src/kernels.inc"))
        .results()
        .forEach(
            line ->
                entries.put(
                    line.group(1) + "/" + line.group(2) + "/" + line.group(3),
                    new Entry(line.group(5), line.group(6))));
  }

  /** The registered kernel. */
  Entry entry(Kernel kernel, String variant) {
    String key = kernel.operator() + "/" + kernel.type() + "/" + variant;
    Entry entry = entries.get(key);
    if (entry == null) {
      throw new IllegalStateException("no kernel " + key);
    }
    return entry;
  }

  /** As an int: 100 for 0.1.0. */
  int version() {
    return Integer.parseInt(first(VERSION, resource("include/fxk/fxk_version.h")));
  }

  /** 0.1.0. */
  public String versionText() {
    return first(VERSION_STRING, resource("include/fxk/fxk_version.h"));
  }

  /** The files below {@code runtime/} that these headers and the version check need. */
  FileTree files(Collection<String> headers) {
    SortedMap<String, String> found = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>(headers);
    open.add("fxk/fxk_version.h");
    while (!open.isEmpty()) {
      String include = open.remove();
      String path = (include.startsWith("fxk/") ? "include/" : "src/") + include;
      if (!found.containsKey(path)) {
        String text = resource(path);
        found.put(path, text);
        INCLUDE.matcher(text).results().forEach(line -> open.add(line.group(1)));
      }
    }
    FileTree files = new FileTree();
    found.forEach((path, text) -> files.put("runtime/" + path, text));
    return files;
  }

  /** Every kernel as operator/type/variant. */
  List<String> registered() {
    return List.copyOf(entries.keySet());
  }

  /** Every variant that some kernel has: portable, and what is written for some cores. */
  public SortedSet<String> variants() {
    SortedSet<String> variants = new TreeSet<>();
    entries.keySet().forEach(key -> variants.add(key.substring(key.lastIndexOf('/') + 1)));
    return variants;
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("the runtime does not state its version");
    }
    return matcher.group(1);
  }

  private static String resource(String path) {
    try (InputStream in = RuntimeSources.class.getResourceAsStream(ROOT + path)) {
      if (in == null) {
        throw new IllegalStateException("the tool does not carry runtime-c/" + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
