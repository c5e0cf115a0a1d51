// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import java.util.List;

/** A report of two layers and two output bytes, complete and right. */
final class SampleRun {
  static final String SHA256 = "0123456789abcdef".repeat(4);

  static final String GOOD =
      """
      facsimile-selftest 2 variants=portable isa=armv7e-m+dsp compiler=gcc-12.2.1 model=subject model_sha256=%s
      begin vectors=1 layers=2
      layer v=0 n=0 name=layer_00_conv2d crc=6a487d6c
      layer v=0 n=1 name=layer_01_softmax crc=ce73eb49
      output v=0 port=0 bytes=d092
      note instructions v=0 count=38055
      stack used=208
      end crc=f11da2b9
      verdict PASS
      """
          .formatted(SHA256);

  static final List<String> EXPECTED =
      GOOD.lines().filter(line -> line.matches("(begin|layer|output|end) .*")).toList();

  private SampleRun() {}

  /** A run that ended by itself. */
  static RunResult run(String output) {
    return new RunResult("qemu subject", "armv7e-m+dsp", output, "", 0, false);
  }
}
