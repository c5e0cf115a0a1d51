// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FramesTest {
  private static List<byte[]> decode(byte[] stream) {
    Frames decoder = new Frames();
    List<byte[]> contents = new ArrayList<>();
    for (byte b : stream) {
      decoder.accept(b & 0xff).ifPresent(contents::add);
    }
    return contents;
  }

  private static byte[] join(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  @Test
  void everyByteComesThroughBetweenText() {
    byte[] content = new byte[256];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) i;
    }
    byte[] frame = Frames.encode(content);

    List<byte[]> contents =
        decode(join("verdict PASS\n".getBytes(StandardCharsets.US_ASCII), frame, frame));

    assertThat(contents).hasSize(2).allMatch(got -> Arrays.equals(got, content));
  }

  @Test
  void theCrcIsThatOfIeee8023() {
    byte[] frame = Frames.encode("123456789".getBytes(StandardCharsets.US_ASCII));

    assertThat(frame).endsWith(0x26, 0x39, 0xf4, 0xcb, 0x7e);
  }

  @Test
  void aFrameWithAnyByteLostDoubledOrChangedIsNoFrame() {
    byte[] content = {1, 2, 0x7e, 3, 0x7d, 4, 5};
    byte[] frame = Frames.encode(content);
    for (int at = 1; at < frame.length - 1; at++) {
      byte[] head = Arrays.copyOf(frame, at);
      byte[] tail = Arrays.copyOfRange(frame, at + 1, frame.length);
      assertThat(decode(join(head, tail))).isEmpty();
      if (frame[at] != 0x7d) {
        byte[] twice = join(head, new byte[] {frame[at], frame[at]}, tail);
        assertThat(decode(twice)).as("byte %d twice", at).isEmpty();
      }
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = frame.clone();
        changed[at] ^= (byte) (1 << bit);
        assertThat(decode(changed)).as("bit %d of byte %d", bit, at).isEmpty();
      }
    }
  }

  @Test
  void noiseIsNoFrameAndDoesNotHideTheNextOne() {
    byte[] noise = new byte[200_000];
    new Random(3).nextBytes(noise);
    byte[] frame = Frames.encode(new byte[] {42});

    assertThat(decode(join(noise, frame, frame))).isNotEmpty().allMatch(got -> got[0] == 42);
  }
}
