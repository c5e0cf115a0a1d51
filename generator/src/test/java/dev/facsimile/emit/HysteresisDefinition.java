// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * What the example's decisions are, said by windows over the whole history instead of by counting.
 */
public final class HysteresisDefinition {
  private HysteresisDefinition() {}

  /** Whether it is present after each image. */
  public static boolean[] presence(
      int[] codes, int threshold, int band, int onFrames, int offFrames) {
    boolean[] present = new boolean[codes.length];
    for (int s = 0; s < codes.length; s++) {
      boolean before = s > 0 && present[s - 1];
      boolean on = throughout(codes, s, onFrames, code -> code >= threshold);
      boolean off = throughout(codes, s, offFrames, code -> code < threshold - band);
      present[s] = on || (before && !off);
    }
    return present;
  }

  /** The class that counts after each image; -1 while none is known. */
  public static int[] shown(int[] classes, int frames) {
    int[] shown = new int[classes.length];
    for (int s = 0; s < classes.length; s++) {
      int now = classes[s];
      int before = s > 0 ? shown[s - 1] : -1;
      shown[s] = throughout(classes, s, frames, value -> value == now) ? now : before;
    }
    return shown;
  }

  /** The last {@code frames} values up to {@code end}, at least one, are all so. */
  private static boolean throughout(int[] values, int end, int frames, IntPredicate so) {
    int first = end - Math.max(1, frames) + 1;
    return first >= 0 && Arrays.stream(values, first, end + 1).allMatch(so);
  }
}
