// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Op;
import dev.facsimile.graph.Pad;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Transpose;
import dev.facsimile.report.DiagnosticCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND, between which converters put a dilated convolution: the
 * pixels of a block become images of their own, and again one image.
 *
 * <p>Axes are batch, one or two of space, channels. Pixel (h, w) of image b is pixel (h / blockH, w
 * / blockW) of image ((h % blockH) * blockW + w % blockW) * batches + b.
 */
final class BlockReader {
  private static final int MOST_SPACE = 2;

  private final OperatorSource source;
  private final Shape input;
  private final int[] block;
  private final int[] margins;
  private final int space;

  private BlockReader(OperatorSource source, String marginsRole) {
    this.source = source;
    source.requireOperands(3, 3);
    input = source.input(0).shape();
    block = source.constantInts(1, "block shape");
    margins = source.constantInts(2, marginsRole);
    space = input.rank() - 2;
    boolean fits =
        space >= 1
            && space <= MOST_SPACE
            && block.length == space
            && margins.length == 2 * space
            && Arrays.stream(block).allMatch(size -> size >= 1)
            && Arrays.stream(margins).allMatch(margin -> margin >= 0);
    if (!fits) {
      throw misfit();
    }
  }

  static List<Op> spaceToBatch(OperatorSource source) {
    return new BlockReader(source, "list of paddings").spaceToBatch();
  }

  static List<Op> batchToSpace(OperatorSource source) {
    return new BlockReader(source, "list of crops").batchToSpace();
  }

  private List<Op> spaceToBatch() {
    List<Integer> padded = new ArrayList<>(input.dims());
    List<Integer> yielded = new ArrayList<>(input.dims());
    for (int i = 0; i < space; i++) {
      long extent = (long) margins[2 * i] + input.dim(1 + i) + margins[2 * i + 1];
      if (extent > Integer.MAX_VALUE || extent % block[i] != 0) {
        throw misfit();
      }
      padded.set(1 + i, (int) extent);
      yielded.set(1 + i, (int) extent / block[i]);
    }
    yielded.set(0, batches(input.dim(0)));
    Tensor output = source.requireYields(0, yielded);
    List<Op> ops = new ArrayList<>();
    TensorId image = source.input(0).id();
    if (!padded.equals(input.dims())) {
      image = source.intermediate(output, "padded", new Shape(padded));
      ops.add(new Pad(source.input(0).id(), image, before(), after()));
    }
    List<Integer> apart = apart(input.dim(0), yielded);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < space; i++) {
      order.add(2 + 2 * i); // rows and columns within a block
    }
    order.add(0);
    for (int i = 0; i < space; i++) {
      order.add(1 + 2 * i);
    }
    order.add(1 + 2 * space);
    arrange(ops, image, apart, order, output, output.id());
    return ops;
  }

  private List<Op> batchToSpace() {
    int batches = batches(1);
    if (input.dim(0) % batches != 0) {
      throw misfit();
    }
    List<Integer> whole = new ArrayList<>(input.dims());
    whole.set(0, input.dim(0) / batches);
    SliceReader.Part part = SliceReader.Part.whole(input);
    for (int i = 0; i < space; i++) {
      long extent = (long) input.dim(1 + i) * block[i];
      long kept = extent - margins[2 * i] - margins[2 * i + 1];
      if (extent > Integer.MAX_VALUE || kept < 1) {
        throw misfit();
      }
      whole.set(1 + i, (int) extent);
      part.with(1 + i, margins[2 * i], 1, (int) kept);
    }
    part.with(0, 0, 1, whole.get(0));
    Tensor output = source.requireYields(0, part.size());
    List<Integer> apart = new ArrayList<>();
    Arrays.stream(block).forEach(apart::add);
    apart.add(whole.get(0));
    apart.addAll(input.dims().subList(1, input.rank()));
    List<Integer> order = new ArrayList<>(List.of(space));
    for (int i = 0; i < space; i++) {
      order.add(space + 1 + i);
      order.add(i);
    }
    order.add(2 * space + 1);
    boolean cropped = !whole.equals(part.size());
    TensorId image = cropped ? source.intermediate(output, "whole", new Shape(whole)) : output.id();
    List<Op> ops = new ArrayList<>();
    arrange(ops, source.input(0).id(), apart, order, output, image);
    if (cropped) {
      ops.add(part.of(image, output.id()));
    }
    return ops;
  }

  /** Axes split in two each, put in another order, and joined again. */
  private void arrange(
      List<Op> ops,
      TensorId from,
      List<Integer> apart,
      List<Integer> order,
      Tensor like,
      TensorId to) {
    TensorId split = source.intermediate(like, "blocks", new Shape(apart));
    List<Integer> dims = order.stream().map(apart::get).toList();
    TensorId moved = source.intermediate(like, "rearranged", new Shape(dims));
    ops.add(new Reshape(from, split));
    ops.add(new Transpose(split, moved, order));
    ops.add(new Reshape(moved, to));
  }

  private List<Integer> apart(int batches, List<Integer> blocks) {
    List<Integer> dims = new ArrayList<>(List.of(batches));
    for (int i = 0; i < space; i++) {
      dims.add(blocks.get(1 + i));
      dims.add(block[i]);
    }
    dims.add(input.channels());
    return dims;
  }

  private int batches(int images) {
    long batches = images;
    for (int size : block) {
      batches *= size;
      if (batches > Integer.MAX_VALUE) {
        throw misfit();
      }
    }
    return (int) batches;
  }

  private List<Integer> before() {
    return side(0);
  }

  private List<Integer> after() {
    return side(1);
  }

  private List<Integer> side(int end) {
    List<Integer> pads = new ArrayList<>(Collections.nCopies(input.rank(), 0));
    for (int i = 0; i < space; i++) {
      pads.set(1 + i, margins[2 * i + end]);
    }
    return pads;
  }

  private OperatorRejected misfit() {
    return source.reject(
        DiagnosticCode.SHAPE_INVALID,
        "blocks of "
            + Arrays.toString(block)
            + " with margins "
            + Arrays.toString(margins)
            + " do not fit "
            + input,
        FlatFileDecoder.DAMAGED);
  }
}
