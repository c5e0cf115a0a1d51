// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.channels;

import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Parts of constant tensors. */
public final class Slices {
  private Slices() {}

  /**
   * The elements at these indices of one axis, with their scales where there is one an index.
   *
   * @param constant a constant tensor
   * @param indices ascending
   */
  public static Tensor along(Tensor constant, int axis, List<Integer> indices) {
    Shape shape = constant.shape();
    int inner = shape.strides()[axis] * constant.type().bytes();
    int outer = constant.bytes() / (inner * shape.dim(axis));
    byte[] bytes = constant.data().orElseThrow().toBytes();
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    for (int block = 0; block < outer; block++) {
      for (int index : indices) {
        taken.write(bytes, (block * shape.dim(axis) + index) * inner, inner);
      }
    }
    List<Integer> dims = new ArrayList<>(shape.dims());
    dims.set(axis, indices.size());
    return constant.withConstant(
        new Shape(dims),
        constant.type(),
        constant.quantization().map(quantization -> along(quantization, axis, indices)),
        ConstantBytes.of(taken.toByteArray()));
  }

  private static Quantization along(Quantization quantization, int axis, List<Integer> indices) {
    if (quantization instanceof Quantization.PerChannel perChannel
        && perChannel.axis() == axis
        && perChannel.scales().size() > 1) {
      return new Quantization.PerChannel(
          indices.stream().map(index -> perChannel.scales().get(index)).toList(), axis);
    }
    return quantization;
  }
}
