// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.DType;
import java.util.List;
import java.util.Objects;

/**
 * A constant array of the generated program.
 *
 * @param name C identifier, unique in the plan: layer_03_conv2d_weights
 * @param data contents in the order in which the kernel reads them
 * @param notes what it is, one line a use: shape, layout, scale; ASCII without comment signs
 */
public record ConstantBlock(String name, Element element, ConstantBytes data, List<String> notes) {
  /** Element types. */
  public enum Element {
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8);

    private final int bytes;

    Element(int bytes) {
      this.bytes = bytes;
    }

    /** The C type of a tensor's elements; a bug in the caller for types that no kernel has. */
    public static Element of(DType type) {
      return switch (type) {
        case INT8 -> INT8;
        case INT16 -> INT16;
        case INT32 -> INT32;
        case INT64 -> INT64;
        case FLOAT32, FLOAT16, UINT8, BOOL ->
            throw new IllegalStateException("no kernel reads " + type);
      };
    }

    public int bytes() {
      return bytes;
    }
  }

  public ConstantBlock {
    Objects.requireNonNull(name);
    Objects.requireNonNull(element);
    Objects.requireNonNull(data);
    notes = List.copyOf(notes);
  }

  public int count() {
    return data.size() / element.bytes();
  }
}
