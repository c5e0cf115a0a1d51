// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.ModelLocation;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Whether tensors and operators are wired so that they can run in the file's order: each index
 * exists, each tensor is written once, and before it is read.
 */
final class Wiring {
  private static final int NOBODY = -1;
  private static final int INPUT = -2;
  private static final int CONSTANT = -3;

  private final FlatFile file;
  private final Problems problems;
  private final int[] writer;
  private final BitSet faulty = new BitSet();

  private Wiring(FlatFile file, Problems problems) {
    this.file = file;
    this.problems = problems;
    this.writer = new int[file.tensors().size()];
  }

  /**
   * Reports what is wired wrongly. Indices that do not exist are thrown at once: no more can be
   * said about such a file.
   */
  static Wiring check(FlatFile file, Problems problems) {
    Wiring wiring = new Wiring(file, problems);
    wiring.requireIndices();
    problems.warningsOrThrow();
    wiring.findWriters();
    file.operators().forEach(wiring::requireWritten);
    for (int output : file.outputs()) {
      if (wiring.writer[output] == NOBODY) {
        wiring.report(
            DiagnosticCode.MODEL_CORRUPT,
            ModelLocation.NONE,
            output,
            "has no contents and is written by no operator");
      }
    }
    return wiring;
  }

  /** The operator that writes a tensor, or -1. */
  int writerOf(int tensor) {
    return Math.max(writer[tensor], -1);
  }

  /** Whether a fault of this tensor has been reported. */
  boolean isFaulty(int tensor) {
    return faulty.get(tensor);
  }

  private static boolean isMissing(FlatFile file, int tensor) {
    return tensor < 0 || tensor >= file.tensors().size();
  }

  private void requireIndices() {
    for (FlatOperator operator : file.operators()) {
      IntStream present = ints(operator.inputs()).filter(input -> input != -1);
      requireExist(IntStream.concat(present, ints(operator.outputs())), () -> place(operator));
    }
    requireExist(ints(file.inputs()), () -> ModelLocation.NONE);
    requireExist(ints(file.outputs()), () -> ModelLocation.NONE);
  }

  /** One diagnostic a list: a length that is damaged makes a list of thousands of such indices. */
  private void requireExist(IntStream indices, Supplier<ModelLocation> where) {
    indices
        .filter(tensor -> isMissing(file, tensor))
        .findFirst()
        .ifPresent(
            tensor ->
                problems.error(
                    DiagnosticCode.MODEL_CORRUPT,
                    where.get(),
                    "names tensor #" + tensor + " of " + file.tensors().size(),
                    FlatFileDecoder.DAMAGED));
  }

  private static IntStream ints(List<Integer> indices) {
    return indices.stream().mapToInt(Integer::intValue);
  }

  private void findWriters() {
    for (FlatTensor tensor : file.tensors()) {
      writer[tensor.index()] = tensor.data().isPresent() ? CONSTANT : NOBODY;
    }
    for (int input : file.inputs()) {
      if (writer[input] != NOBODY) {
        report(
            DiagnosticCode.MODEL_CORRUPT,
            ModelLocation.NONE,
            input,
            writer[input] == INPUT ? "is an input twice" : "is an input and a constant");
      }
      writer[input] = INPUT;
    }
    for (FlatOperator operator : file.operators()) {
      for (int output : operator.outputs()) {
        if (writer[output] != NOBODY) {
          report(
              DiagnosticCode.MODEL_CORRUPT,
              place(operator),
              output,
              "is written by it and " + describe(writer[output]));
        } else {
          writer[output] = operator.index();
        }
      }
    }
  }

  private String describe(int writer) {
    return switch (writer) {
      case INPUT -> "is an input";
      case CONSTANT -> "is a constant";
      default -> "by " + place(file.operators().get(writer));
    };
  }

  private void requireWritten(FlatOperator operator) {
    for (int input : operator.inputs()) {
      if (input == -1) {
        continue;
      }
      if (writer[input] >= operator.index()) {
        report(
            DiagnosticCode.MODEL_CYCLIC,
            place(operator),
            input,
            "is written only by " + describe(writer[input]).substring(3) + ", which runs later");
      } else if (writer[input] == NOBODY && !canBeUnwritten(file.tensors().get(input))) {
        report(
            DiagnosticCode.MODEL_CORRUPT,
            place(operator),
            input,
            "has no contents and is written by no operator");
      }
    }
  }

  /** Empty lists have no contents; variables begin as zeros. */
  private static boolean canBeUnwritten(FlatTensor tensor) {
    return tensor.shape().contains(0) || tensor.variable();
  }

  private void report(DiagnosticCode code, ModelLocation where, int tensor, String fault) {
    if (code == DiagnosticCode.MODEL_CORRUPT && faulty.get(tensor)) {
      return;
    }
    faulty.set(tensor);
    String name = ModelLocation.printable(file.tensors().get(tensor).name());
    problems.error(
        code,
        where,
        "tensor '" + name + "' " + fault,
        code == DiagnosticCode.MODEL_CYCLIC
            ? "convert the network again: operators must stand in an order in which they can run"
            : "convert the network again, with all of its weights inside the file");
  }

  /** The operator's index, kind and first output. */
  ModelLocation place(FlatOperator operator) {
    String name =
        operator.outputs().isEmpty() || isMissing(file, operator.outputs().get(0))
            ? ""
            : file.tensors().get(operator.outputs().get(0)).name();
    return new ModelLocation(operator.index(), operator.kind(), name);
  }
}
