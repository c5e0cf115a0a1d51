// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The shape an operator yields for the shapes it reads. Every method throws an
 * IllegalArgumentException that says why where the operands do not fit together, so that a graph
 * whose declared shapes equal these is consistent.
 *
 * <p>Three operators do not determine their output alone and check the declared one instead:
 * RESHAPE (same number of elements), STRIDED_SLICE (inside the input) and FULLY_CONNECTED (rows x
 * outC elements, outC innermost; how the rows are grouped is free).
 */
public final class OutputShape implements Op.Visitor<Shape> {
  private final Function<TensorId, Shape> shapes;

  /**
   * @param shapes shape of every operand, and of the output of RESHAPE, STRIDED_SLICE and
   *     FULLY_CONNECTED
   */
  public OutputShape(Function<TensorId, Shape> shapes) {
    this.shapes = Objects.requireNonNull(shapes);
  }

  /** The shape {@code op} yields in {@code graph}. */
  public static Shape of(Op op, Graph graph) {
    return op.accept(new OutputShape(id -> graph.tensor(id).shape()));
  }

  @Override
  public Shape visitConv2d(Conv2d op) {
    Shape input = image(op.input());
    Shape filter = shape(op.filter());
    require(filter.rank() == 4, "filter must be OHWI but is ", filter);
    require(
        filter.dim(3) == input.dim(3),
        "filter ",
        filter,
        " reads ",
        filter.dim(3),
        " channels but the input has ",
        input.dim(3));
    requireKernel(filter, op.window());
    op.bias().ifPresent(bias -> requireBias(bias, filter.dim(0)));
    return windowed(input, op.window(), filter.dim(0));
  }

  @Override
  public Shape visitDepthwiseConv2d(DepthwiseConv2d op) {
    Shape input = image(op.input());
    Shape filter = shape(op.filter());
    require(filter.rank() == 4 && filter.dim(0) == 1, "filter must be 1HWC but is ", filter);
    require(
        filter.dim(3) == (long) input.dim(3) * op.multiplier(),
        "filter ",
        filter,
        " does not have ",
        op.multiplier(),
        " times the input's ",
        input.dim(3),
        " channels");
    requireKernel(filter, op.window());
    op.bias().ifPresent(bias -> requireBias(bias, filter.dim(3)));
    return windowed(input, op.window(), filter.dim(3));
  }

  @Override
  public Shape visitTransposeConv(TransposeConv op) {
    Shape input = image(op.input());
    Shape filter = shape(op.filter());
    require(filter.rank() == 4, "filter must be OHWI but is ", filter);
    require(
        filter.dim(3) == input.dim(3),
        "filter ",
        filter,
        " reads ",
        filter.dim(3),
        " channels but the input has ",
        input.dim(3));
    requireKernel(filter, op.window());
    op.bias().ifPresent(bias -> requireBias(bias, filter.dim(0)));
    Shape output = Shape.of(input.dim(0), op.height(), op.width(), filter.dim(0));
    require(
        op.window().outputH(op.height()) == input.dim(1)
            && op.window().outputW(op.width()) == input.dim(2),
        "no transposed convolution makes ",
        output,
        " of ",
        input);
    return output;
  }

  @Override
  public Shape visitFullyConnected(FullyConnected op) {
    Shape input = shape(op.input());
    Shape weights = shape(op.weights());
    require(weights.rank() == 2, "weights must be [outC, inC] but are ", weights);
    require(
        input.elements() % weights.dim(1) == 0,
        "input ",
        input,
        " does not divide into rows of ",
        weights.dim(1));
    op.bias().ifPresent(bias -> requireBias(bias, weights.dim(0)));
    long elements = (long) (input.elements() / weights.dim(1)) * weights.dim(0);
    Shape output = shape(op.output());
    require(
        output.elements() == elements && output.channels() == weights.dim(0),
        "output ",
        output,
        " does not hold ",
        elements,
        " elements in rows of ",
        weights.dim(0));
    return output;
  }

  @Override
  public Shape visitLstm(Lstm op) {
    Shape input = shape(op.input());
    require(input.rank() == 3, "sequences must be [batch, steps, inputs] but are ", input);
    int cells = shape(op.inputGate().bias()).elements();
    for (Lstm.Gate gate : op.gates()) {
      requireShape(gate.weights(), Shape.of(cells, input.dim(2)));
      requireShape(gate.recurrent(), Shape.of(cells, cells));
      requireShape(gate.bias(), Shape.of(cells));
    }
    return Shape.of(input.dim(0), input.dim(1), cells);
  }

  private void requireShape(TensorId id, Shape wanted) {
    require(shape(id).equals(wanted), shape(id), " where ", wanted, " is due");
  }

  @Override
  public Shape visitBinary(Binary op) {
    return broadcast(shape(op.a()), shape(op.b()));
  }

  @Override
  public Shape visitUnary(Unary op) {
    return shape(op.input());
  }

  @Override
  public Shape visitLookup(Lookup op) {
    return shape(op.input());
  }

  @Override
  public Shape visitPRelu(PRelu op) {
    Shape input = shape(op.input());
    Shape alpha = shape(op.alpha());
    require(
        broadcast(input, alpha).equals(input), "slopes ", alpha, " do not broadcast to ", input);
    return input;
  }

  @Override
  public Shape visitPool2d(Pool2d op) {
    Shape input = image(op.input());
    return windowed(input, op.window(), input.dim(3));
  }

  @Override
  public Shape visitResize(Resize op) {
    Shape input = image(op.input());
    return Shape.of(input.dim(0), op.height(), op.width(), input.dim(3));
  }

  @Override
  public Shape visitReduce(Reduce op) {
    Shape input = shape(op.input());
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < input.rank(); axis++) {
      if (!op.axes().contains(axis)) {
        dims.add(input.dim(axis));
      } else if (op.keepDims()) {
        dims.add(1);
      }
    }
    op.axes().forEach(axis -> require(axis < input.rank(), input, " has no axis ", axis));
    return new Shape(dims);
  }

  @Override
  public Shape visitArgMax(ArgMax op) {
    Shape input = shape(op.input());
    require(op.axis() < input.rank(), input, " has no axis ", op.axis());
    List<Integer> dims = new ArrayList<>(input.dims());
    dims.remove(op.axis());
    return new Shape(dims);
  }

  @Override
  public Shape visitPad(Pad op) {
    Shape input = shape(op.input());
    require(
        op.before().size() == input.rank(),
        "paddings of ",
        op.before().size(),
        " axes do not fit ",
        input);
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < input.rank(); axis++) {
      dims.add(asDim((long) op.before().get(axis) + input.dim(axis) + op.after().get(axis)));
    }
    return new Shape(dims);
  }

  @Override
  public Shape visitConcat(Concat op) {
    require(!op.inputs().isEmpty(), "there is nothing to join");
    Shape first = shape(op.inputs().get(0));
    require(op.axis() < first.rank(), first, " has no axis ", op.axis());
    List<Integer> dims = new ArrayList<>(first.dims());
    for (TensorId id : op.inputs().subList(1, op.inputs().size())) {
      Shape next = shape(id);
      List<Integer> aligned = new ArrayList<>(next.dims());
      require(aligned.size() == dims.size(), first, " and ", next, " differ in rank");
      long joined = (long) dims.get(op.axis()) + next.dim(op.axis());
      aligned.set(op.axis(), dims.get(op.axis()));
      require(aligned.equals(dims), first, " and ", next, " differ beside axis ", op.axis());
      dims.set(op.axis(), asDim(joined));
    }
    return new Shape(dims);
  }

  @Override
  public Shape visitReshape(Reshape op) {
    Shape input = shape(op.input());
    Shape output = shape(op.output());
    require(
        input.elements() == output.elements(),
        input,
        " and ",
        output,
        " differ in their number of elements");
    return output;
  }

  @Override
  public Shape visitTranspose(Transpose op) {
    Shape input = shape(op.input());
    require(
        op.permutation().size() == input.rank(),
        "an order of ",
        op.permutation().size(),
        " axes does not fit ",
        input);
    return new Shape(op.permutation().stream().map(input::dim).toList());
  }

  @Override
  public Shape visitSlice(Slice op) {
    Shape input = shape(op.input());
    Shape output = shape(op.output());
    require(
        op.begin().size() == input.rank() && output.rank() == input.rank(),
        "a slice of ",
        op.begin().size(),
        " axes does not make ",
        output,
        " of ",
        input);
    for (int axis = 0; axis < input.rank(); axis++) {
      long last = op.begin().get(axis) + (output.dim(axis) - 1L) * op.stride().get(axis);
      boolean inside =
          op.begin().get(axis) < input.dim(axis) && last >= 0 && last < input.dim(axis);
      require(inside, "the slice leaves axis ", axis, " of ", input);
    }
    return output;
  }

  @Override
  public Shape visitGather(Gather op) {
    Shape input = shape(op.input());
    require(op.axis() < input.rank(), input, " has no axis ", op.axis());
    int extent = input.dim(op.axis());
    op.indices()
        .forEach(index -> require(index < extent, "index ", index, " of an axis of ", extent));
    List<Integer> dims = new ArrayList<>(input.dims());
    dims.set(op.axis(), op.indices().size());
    return new Shape(dims);
  }

  @Override
  public Shape visitBatchMatMul(BatchMatMul op) {
    Shape a = shape(op.a());
    Shape b = shape(op.b());
    int rank = Math.max(a.rank(), b.rank());
    require(
        Math.min(a.rank(), b.rank()) >= 2 && rank <= BatchMatMul.MAX_RANK,
        "matrices of the shapes ",
        a,
        " and ",
        b);
    int depth = a.dim(op.adjointA() ? -2 : -1);
    require(
        depth == b.dim(op.adjointB() ? -1 : -2),
        "the matrices of ",
        a,
        " and ",
        b,
        " do not fit together");
    Shape batches =
        broadcast(
            new Shape(a.dims().subList(0, a.rank() - 2)),
            new Shape(b.dims().subList(0, b.rank() - 2)));
    List<Integer> dims = new ArrayList<>(batches.dims());
    dims.add(a.dim(op.adjointA() ? -1 : -2));
    dims.add(b.dim(op.adjointB() ? -2 : -1));
    return new Shape(dims);
  }

  @Override
  public Shape visitL2Normalization(L2Normalization op) {
    require(shape(op.input()).rank() >= 1, "normalization of a scalar");
    return shape(op.input());
  }

  @Override
  public Shape visitSoftmax(Softmax op) {
    require(shape(op.input()).rank() >= 1, "softmax of a scalar");
    return shape(op.input());
  }

  @Override
  public Shape visitQuantize(Quantize op) {
    return shape(op.input());
  }

  @Override
  public Shape visitDequantize(Dequantize op) {
    return shape(op.input());
  }

  /** NumPy's rule: shapes are aligned at the innermost axis, and a 1 stretches. */
  public static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    Shape wideA = a.padToRank(rank);
    Shape wideB = b.padToRank(rank);
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      int da = wideA.dim(axis);
      int db = wideB.dim(axis);
      require(da == db || da == 1 || db == 1, a, " and ", b, " do not broadcast");
      dims.add(Math.max(da, db));
    }
    return new Shape(dims);
  }

  private Shape shape(TensorId id) {
    return shapes.apply(id);
  }

  private Shape image(TensorId id) {
    Shape shape = shape(id);
    require(shape.rank() == 4, "input must be NHWC but is ", shape);
    return shape;
  }

  private void requireBias(TensorId bias, int channels) {
    Shape shape = shape(bias);
    require(
        shape.elements() == channels && shape.channels() == channels,
        "bias ",
        shape,
        " does not have one value for each of ",
        channels,
        " channels");
  }

  private static void requireKernel(Shape filter, Window window) {
    require(
        filter.dim(1) == window.kernelH() && filter.dim(2) == window.kernelW(),
        "filter ",
        filter,
        " does not fit a window of ",
        window.kernelH(),
        "x",
        window.kernelW());
  }

  private static Shape windowed(Shape input, Window window, int channels) {
    int height = window.outputH(input.dim(1));
    int width = window.outputW(input.dim(2));
    require(height >= 1 && width >= 1, "the window ", window, " is larger than the input ", input);
    return Shape.of(input.dim(0), height, width, channels);
  }

  private static int asDim(long value) {
    require(value <= Integer.MAX_VALUE, "dimension ", value, " is too large");
    return (int) value;
  }

  private static void require(boolean condition, Object... messageParts) {
    if (!condition) {
      throw new IllegalArgumentException(
          Arrays.stream(messageParts).map(String::valueOf).collect(Collectors.joining()));
    }
  }
}
