// SPDX-License-Identifier: Apache-2.0
package dev.facsimile;

import dev.facsimile.emit.KnownAnswer;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.plan.ExecutionPlan;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** Chooses the inference by which a product tests itself. */
public final class KnownAnswers {
  /** Each costs an inference of the reference interpreter. */
  private static final int CANDIDATES = 4;

  private KnownAnswers() {}

  /**
   * The seed whose inputs keep most layers busy: a layer whose output is one value throughout would
   * hide much of what may go wrong in it.
   */
  public static KnownAnswer of(ExecutionPlan plan) {
    IntegerInterpreter interpreter = new IntegerInterpreter(plan.graph());
    return IntStream.rangeClosed(1, CANDIDATES)
        .mapToObj(seed -> Trial.of(interpreter, plan, seed))
        .max(Comparator.comparingInt(Trial::busyTensors).thenComparingInt(Trial::values))
        .orElseThrow()
        .answer();
  }

  /**
   * One inference.
   *
   * @param busyTensors how many have more than one byte value
   * @param values different byte values of each tensor, summed up
   */
  private record Trial(KnownAnswer answer, int busyTensors, int values) {
    static Trial of(IntegerInterpreter interpreter, ExecutionPlan plan, int seed) {
      int[] busy = new int[1];
      int[] values = new int[1];
      List<byte[]> outputs =
          interpreter.run(
              KnownAnswer.inputs(plan.graph(), seed),
              (operator, tensor, contents) -> {
                int different = differentValues(contents);
                busy[0] += different > 1 ? 1 : 0;
                values[0] += different;
              });
      return new Trial(new KnownAnswer(seed, crc(outputs)), busy[0], values[0]);
    }

    private static int differentValues(byte[] contents) {
      BitSet seen = new BitSet(256);
      for (byte value : contents) {
        seen.set(value & 0xff);
      }
      return seen.cardinality();
    }

    private static int crc(List<byte[]> outputs) {
      CRC32 crc = new CRC32();
      outputs.forEach(crc::update);
      return (int) crc.getValue();
    }
  }
}
