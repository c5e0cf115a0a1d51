// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Op;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.tflite.SliceReader.Part;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.StridedSliceOptions;

/**
 * STRIDED_SLICE with its five masks. Entry i of begin, end and strides stands for an axis of the
 * input, for an axis of extent 1 that the output has more (new axis), or for all axes that no other
 * entry names (ellipsis). An index that is clamped to the axis is clamped as TensorFlow Lite 2.19
 * does.
 */
final class StridedSliceReader {
  /** Bits of a mask, far above what six axes need. */
  private static final int MOST_ENTRIES = 16;

  private record Masks(
      int begin, int end, int ellipsis, int newAxis, int shrink, boolean endIsOffset) {
    static final Masks NONE = new Masks(0, 0, 0, 0, 0, false);

    static Masks of(StridedSliceOptions o) {
      return new Masks(
          o.beginMask(),
          o.endMask(),
          o.ellipsisMask(),
          o.newAxisMask(),
          o.shrinkAxisMask(),
          o.offset());
    }
  }

  private final OperatorSource source;
  private final Tensor input;
  private final int[] begin;
  private final int[] end;
  private final int[] strides;
  private final Masks masks;
  private final Part part;
  private final List<Integer> dims = new ArrayList<>();
  private int axis;

  private StridedSliceReader(OperatorSource source) {
    this.source = source;
    source.requireOperands(4, 4);
    input = source.input(0);
    begin = source.constantInts(1, "begin");
    end = source.constantInts(2, "end");
    strides = source.constantInts(3, "list of strides");
    masks =
        source
            .options(BuiltinOptions.StridedSliceOptions, new StridedSliceOptions(), Masks::of)
            .orElse(Masks.NONE);
    part = Part.whole(input.shape());
  }

  static List<Op> read(OperatorSource source) {
    StridedSliceReader reader = new StridedSliceReader(source);
    reader.requireEntries();
    for (int entry = 0; entry < reader.begin.length; entry++) {
      reader.entry(entry);
    }
    reader.whole(reader.input.shape().rank() - reader.axis);
    return SliceReader.operators(source, reader.input, reader.part, reader.dims, 0);
  }

  private void requireEntries() {
    int count = begin.length;
    long axes = 0;
    for (int entry = 0; entry < count; entry++) {
      axes += isSet(masks.ellipsis(), entry) || isSet(masks.newAxis(), entry) ? 0 : 1;
    }
    if (count > MOST_ENTRIES || end.length != count || strides.length != count) {
      throw reject("lists of " + count + ", " + end.length + " and " + strides.length + " entries");
    }
    if (axes > input.shape().rank() || Integer.bitCount(masks.ellipsis()) > 1) {
      throw reject("entries for " + axes + " axes and more");
    }
  }

  private void entry(int entry) {
    if (isSet(masks.ellipsis(), entry)) {
      int named = 0;
      for (int later = entry + 1; later < begin.length; later++) {
        named += isSet(masks.newAxis(), later) ? 0 : 1;
      }
      whole(input.shape().rank() - axis - named);
    } else if (isSet(masks.newAxis(), entry)) {
      dims.add(1);
    } else {
      range(entry);
    }
  }

  private void whole(int count) {
    for (int i = 0; i < count; i++) {
      dims.add(input.shape().dim(axis++));
    }
  }

  private void range(int entry) {
    Shape shape = input.shape();
    int extent = shape.dim(axis);
    int stride = strides[entry];
    boolean shrinks = isSet(masks.shrink(), entry);
    int first = isSet(masks.begin(), entry) ? first(extent, stride) : clamp(begin[entry], entry);
    int behind = shrinks ? first + 1 : end(entry, first);
    int count = stride == 0 ? 0 : (int) Math.ceil((behind - first) / (double) stride);
    if (count < 1 || first < 0 || first >= extent) {
      throw reject("axis " + axis + " from " + first + " to " + behind + " by " + stride);
    }
    part.with(axis, first, shrinks ? 1 : stride, count);
    if (!shrinks) {
      dims.add(count);
    }
    axis++;
  }

  private static int first(int extent, int stride) {
    return stride > 0 ? 0 : extent - 1;
  }

  private int end(int entry, int first) {
    int stride = strides[entry];
    if (isSet(masks.end(), entry)) {
      return stride > 0 ? input.shape().dim(axis) : -1;
    }
    return clamp(masks.endIsOffset() ? (long) first + end[entry] : end[entry], entry);
  }

  /** Negative indices count from the end; others end where the axis does. */
  private int clamp(long index, int entry) {
    int extent = input.shape().dim(axis);
    long counted = index < 0 ? index + extent : index;
    return (int)
        (strides[entry] > 0
            ? Math.max(0, Math.min(extent, counted))
            : Math.max(-1, Math.min(extent - 1, counted)));
  }

  private static boolean isSet(int mask, int entry) {
    return (mask >> entry & 1) == 1;
  }

  private OperatorRejected reject(String what) {
    return source.reject(
        DiagnosticCode.SHAPE_INVALID,
        "slices " + what + " of " + input.shape(),
        FlatFileDecoder.DAMAGED);
  }
}
