// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.Locale;

/**
 * A contiguous piece of memory.
 *
 * @param name as in the linker script, a C identifier in capitals
 * @param address first byte, 0 to 2^32 - 1
 * @param bytes length, positive
 * @param note what is special about it, such as who cannot reach it; empty if nothing is
 */
public record MemoryRegion(
    String name,
    Kind kind,
    @JsonDeserialize(using = Quantity.class) long address,
    @JsonDeserialize(using = Quantity.class) long bytes,
    String note) {

  /** What can be done with it. */
  public enum Kind {
    /** Read-only when the program runs: code and constants. */
    @JsonProperty("flash")
    FLASH,
    @JsonProperty("ram")
    RAM
  }

  public MemoryRegion {
    Valid.that(kind != null && name != null, "a memory region needs a name and a kind");
    note = note == null ? "" : note;
    if (!note.isEmpty()) {
      Valid.text(note, "note");
    }
    if (!name.matches("[A-Z][A-Z0-9_]{0,30}")) {
      throw new IllegalArgumentException("memory region '" + name + "' is not named in capitals");
    }
    if (address < 0 || bytes <= 0 || address + bytes > 1L << 32) {
      throw new IllegalArgumentException("memory region " + name + " is not within 32 bits");
    }
  }

  public boolean hasNote() {
    return !note.isEmpty();
  }

  /** 0x20000000, as linker scripts and Renode want it. */
  public String addressText() {
    return String.format(Locale.ROOT, "0x%08x", address);
  }

  /** Attributes in a linker script. */
  public String attributes() {
    return kind == Kind.FLASH ? "rx" : "rwx";
  }
}
