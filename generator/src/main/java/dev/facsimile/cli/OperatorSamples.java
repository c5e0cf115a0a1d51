// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.BatchMatMul;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Gather;
import dev.facsimile.graph.L2Normalization;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Pad;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Resize;
import dev.facsimile.graph.Slice;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Transpose;
import dev.facsimile.graph.TransposeConv;
import dev.facsimile.graph.Unary;
import dev.facsimile.graph.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * For each operator of TensorFlow Lite one of the graph's that it becomes, to ask what there is for
 * it. Operators of a family (ADD, RELU) are found by their names.
 */
final class OperatorSamples {
  private static final TensorId IN = new TensorId(0);
  private static final TensorId WEIGHTS = new TensorId(1);
  private static final TensorId OUT = new TensorId(2);
  private static final Window WINDOW = Window.valid(1, 1, 1, 1, 1, 1);

  private final SortedMap<String, Op> samples = new TreeMap<>();

  OperatorSamples() {
    addFamilies();
    add(new Conv2d(IN, WEIGHTS, Optional.empty(), OUT, WINDOW, Activation.NONE));
    add(new DepthwiseConv2d(IN, WEIGHTS, Optional.empty(), OUT, WINDOW, 1, Activation.NONE));
    add(new TransposeConv(IN, WEIGHTS, Optional.empty(), OUT, WINDOW, 1, 1, Activation.NONE));
    add(new FullyConnected(IN, WEIGHTS, Optional.empty(), OUT, Activation.NONE));
    add(new BatchMatMul(IN, WEIGHTS, OUT, false, false));
    Lstm.Gate gate = new Lstm.Gate(WEIGHTS, WEIGHTS, WEIGHTS);
    add(new Lstm(IN, gate, gate, gate, gate, OUT, 0, 0, false));
    add(new L2Normalization(IN, OUT));
    add(new PRelu(IN, WEIGHTS, OUT));
    add(new Softmax(IN, OUT, 1));
    add(new Quantize(IN, OUT));
    add(new Dequantize(IN, OUT));
    add(new Pad(IN, OUT, List.of(0), List.of(0), 0), "PAD", "PADV2");
    add(new Concat(List.of(IN), OUT, 0, Activation.NONE), "CONCATENATION", "PACK");
    add(new Reshape(IN, OUT), "RESHAPE", "SQUEEZE", "EXPAND_DIMS");
    add(new Reshape(IN, OUT), "SHAPE", "FILL", "REDUCE_PROD");
    add(new Transpose(IN, OUT, List.of(0)), "TRANSPOSE", "DEPTH_TO_SPACE", "SPACE_TO_DEPTH");
    add(new Transpose(IN, OUT, List.of(0)), "SPACE_TO_BATCH_ND", "BATCH_TO_SPACE_ND");
    add(new Gather(IN, OUT, 0, List.of(0)), "TILE", "BROADCAST_TO");
    add(new Slice(IN, OUT, List.of(0), List.of(1)), "SLICE", "STRIDED_SLICE", "SPLIT");
    add(new Slice(IN, OUT, List.of(0), List.of(1)), "SPLIT_V", "UNPACK", "REVERSE_V2");
    add(new Gather(IN, OUT, 0, List.of(0)), "GATHER", "MIRROR_PAD");
  }

  private void addFamilies() {
    for (Binary.Kind kind : Binary.Kind.values()) {
      add(new Binary(kind, IN, WEIGHTS, OUT, Activation.NONE), kind.name());
    }
    for (Unary.Kind kind : Unary.Kind.values()) {
      add(new Unary(kind, IN, OUT, 0), kind.name());
    }
    for (Pool2d.Kind kind : Pool2d.Kind.values()) {
      add(new Pool2d(kind, IN, OUT, WINDOW, Activation.NONE), kind.name());
    }
    for (Reduce.Kind kind : Reduce.Kind.values()) {
      add(new Reduce(kind, IN, OUT, List.of(0), false), kind.name());
    }
    for (ArgMax.Kind kind : ArgMax.Kind.values()) {
      add(new ArgMax(kind, IN, OUT, 0), kind.name());
    }
    for (Resize.Kind kind : Resize.Kind.values()) {
      add(new Resize(kind, IN, OUT, 1, 1, false, false), kind.name());
    }
    samples.put("SQUARE", samples.get("MUL"));
  }

  private void add(Op op) {
    add(op, op.kind());
  }

  private void add(Op op, String... names) {
    for (String name : names) {
      samples.put(name, op);
    }
  }

  /** By the operator's name. */
  Map<String, Op> all() {
    return samples;
  }
}
