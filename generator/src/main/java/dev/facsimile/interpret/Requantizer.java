// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.quantize.Codes;
import dev.facsimile.quantize.ConvParameters;
import dev.facsimile.quantize.FixedPointMultiplier;
import dev.facsimile.quantize.ReducedMultiplier;
import java.util.List;

/** From the accumulators of one pixel to its output codes. */
final class Requantizer implements SumSink {
  private final Codes codes;
  private final int[] multipliers;
  private final int[] shifts;
  private final List<ReducedMultiplier> reduced;
  private final int zeroPoint;
  private final int min;
  private final int max;

  Requantizer(ConvParameters parameters, Codes codes) {
    this.codes = codes;
    multipliers =
        parameters.multipliers().stream().mapToInt(FixedPointMultiplier::multiplier).toArray();
    shifts = parameters.multipliers().stream().mapToInt(FixedPointMultiplier::shift).toArray();
    reduced =
        parameters.reduced()
            ? parameters.multipliers().stream().map(ReducedMultiplier::of).toList()
            : List.of();
    zeroPoint = parameters.outputZeroPoint();
    min = parameters.range().min();
    max = parameters.range().max();
  }

  /** Writes one code for each sum to {@code output} from element {@code offset} on. */
  @Override
  public void store(int[] sums, byte[] output, int offset) {
    for (int c = 0; c < sums.length; c++) {
      int scaled =
          reduced.isEmpty()
              ? FixedPointMultiplier.multiply(sums[c], multipliers[c], shifts[c])
              : reduced.get(c).apply(sums[c]);
      int code = scaled + zeroPoint;
      codes.put(output, offset + c, Math.min(Math.max(code, min), max));
    }
  }
}
