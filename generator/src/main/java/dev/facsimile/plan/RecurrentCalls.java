// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.facts.SequenceLayout;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.TensorId;
import dev.facsimile.plan.ConstantBlock.Element;
import dev.facsimile.quantize.FoldedBias;
import dev.facsimile.quantize.LstmParameters;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ToIntFunction;

/** Calls of recurrent layers. */
final class RecurrentCalls {
  /** Sums of a gate: with the input, with the output of the step before. */
  private static final int SUMS = 2;

  private final CallContext context;

  RecurrentCalls(CallContext context) {
    this.context = context;
  }

  KernelCall lstm(Lstm op) {
    SequenceLayout layout = SequenceLayout.of(context.graph(), op);
    LstmParameters numbers = LstmParameters.of(context.graph(), op);
    return new KernelCall(
        Kernel.LSTM,
        new ParameterList()
            .put("batches", layout.batches())
            .put("steps", layout.steps())
            .put("batch_stride", layout.batchStride())
            .put("step_stride", layout.stepStride())
            .put("inputs", layout.inputs())
            .put("cells", layout.cells())
            .put("input_multiplier", each(numbers, g -> g.input().multiplier()))
            .put("input_shift", each(numbers, g -> g.input().shift()))
            .put("recurrent_multiplier", each(numbers, g -> g.recurrent().multiplier()))
            .put("recurrent_shift", each(numbers, g -> g.recurrent().shift()))
            .put("cell_bits", numbers.cellBits())
            .put("cell_clip", numbers.cellClip())
            .put("output", numbers.output())
            .put("output_zero_point", numbers.outputZeroPoint())
            .build(),
        List.of(
            context.operand(op.input(), "input"),
            context.int8("weights", weights(op, layout), "[cell][gate i f c o][input, recurrent]"),
            context.int32("biases", biases(op, layout), "[cell][input, recurrent][gate i f c o]"),
            context.scratch(op, Element.INT16),
            context.output(op)));
  }

  private static int[] each(LstmParameters numbers, ToIntFunction<LstmParameters.Gate> number) {
    return numbers.gates().stream().mapToInt(number).toArray();
  }

  /** In the order in which the kernel reads them: cell by cell, gate by gate. */
  private ConstantBytes weights(Lstm op, SequenceLayout layout) {
    int row = layout.inputs() + layout.cells();
    byte[] all = new byte[row * layout.cells() * op.gates().size()];
    for (int i = 0; i < all.length; i += row) {
      Lstm.Gate gate = op.gates().get(i / row % op.gates().size());
      int cell = i / row / op.gates().size();
      bytes(gate.weights()).get(cell * layout.inputs(), all, i, layout.inputs());
      bytes(gate.recurrent()).get(cell * layout.cells(), all, i + layout.inputs(), layout.cells());
    }
    return ConstantBytes.of(all);
  }

  private ByteBuffer bytes(TensorId id) {
    return context.tensor(id).data().orElseThrow().asReadOnlyBuffer();
  }

  private int[] biases(Lstm op, SequenceLayout layout) {
    int gates = op.gates().size();
    int[] all = new int[layout.cells() * gates * SUMS];
    for (int g = 0; g < gates; g++) {
      int[] input = FoldedBias.ofInput(context.graph(), op, op.gates().get(g));
      int[] state = FoldedBias.ofState(context.graph(), op, op.gates().get(g));
      for (int cell = 0; cell < layout.cells(); cell++) {
        all[cell * SUMS * gates + g] = input[cell];
        all[(cell * SUMS + 1) * gates + g] = state[cell];
      }
    }
    return all;
  }
}
