// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Tells what a file is from its first bytes, for the mistakes that people make with downloads. */
final class FileSignature {
  /** Root offset, then the identifier. */
  private static final int HEADER = 8;

  private FileSignature() {}

  static void requireTflite(byte[] file) {
    if (file.length >= HEADER && text(file, 4, 4).equals("TFL3")) {
      return;
    }
    String start = text(file, 0, 64).stripLeading().toLowerCase(Locale.ROOT);
    if (file.length == 0) {
      throw not("the file is empty", "copy or download it again");
    }
    if (start.startsWith("version https://git-lfs")) {
      throw not(
          "the file is a Git LFS pointer, not the model itself",
          "fetch the model with 'git lfs pull'");
    }
    if (start.startsWith("<!doctype") || start.startsWith("<html") || start.startsWith("<?xml")) {
      throw not(
          "the file is a web page, not a model",
          "the server answered with a page, perhaps to ask for a login: download the model itself");
    }
    if (start.startsWith("pk\u0003\u0004")) {
      throw not("the file is a zip archive", "unpack it and give the .tflite inside");
    }
    if (start.startsWith("\u0089hdf")) {
      throw not("the file is a Keras HDF5 model", "convert it with tf.lite.TFLiteConverter");
    }
    throw not(
        "the file does not carry TensorFlow Lite's mark 'TFL3'",
        "give a .tflite file as tf.lite.TFLiteConverter writes it");
  }

  private static FacsimileException not(String message, String hint) {
    return FacsimileException.error(
        DiagnosticCode.MODEL_NOT_TFLITE, ModelLocation.NONE, message, hint);
  }

  private static String text(byte[] file, int start, int length) {
    int end = Math.min(file.length, start + length);
    return new String(
        file, Math.min(start, end), Math.max(0, end - start), StandardCharsets.ISO_8859_1);
  }
}
