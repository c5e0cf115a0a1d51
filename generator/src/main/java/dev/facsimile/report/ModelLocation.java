// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.report;

/**
 * A place in a model. A .tflite has no line numbers: an operator's index, its kind and a tensor's
 * name stand for them.
 *
 * @param operator index in the file, or -1 where the diagnostic is about no operator
 * @param kind CONV_2D, or empty
 * @param tensor name of the operator's first output, or of the tensor itself, or empty; hostile
 *     text
 */
public record ModelLocation(int operator, String kind, String tensor) {
  public static final ModelLocation NONE = new ModelLocation(-1, "", "");

  /**
   * Printable form: {@code CONV_2D #17 'block3/expand'}; control characters of hostile names are
   * replaced.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind);
    if (operator >= 0) {
      text.append(text.isEmpty() ? "#" : " #").append(operator);
    }
    if (!tensor.isEmpty()) {
      text.append(text.isEmpty() ? "'" : " '").append(printable(tensor)).append('\'');
    }
    return text.toString();
  }

  /**
   * A name from a model file made safe for a terminal: no control characters, at most 120
   * characters.
   */
  public static String printable(String name) {
    String clean = name.replaceAll("\\p{C}", "?");
    return clean.length() <= 120 ? clean : clean.substring(0, 117) + "...";
  }
}
