// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.facsimile.report.FacsimileException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Reading a file that was cut off takes memory of no more than ten times the file. Measured is
 * everything that the reader allocates, garbage included, as the virtual machine counts it for the
 * thread: what is alive at any one time can only be less. The file's own bytes and the classes that
 * are loaded once are not counted.
 */
final class ReaderMemoryTest {
  private static final int TIMES = 10;
  private static final String NETWORK = "resnet8_f32";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void truncationsTakeNoMoreThanTenTimesTheFile() {
    byte[] file = RealNetworks.read(NETWORK);
    allocated(file); // loads the classes
    for (int length = 4 << 10; length < file.length; length += 4 << 10) {
      byte[] cut = Arrays.copyOf(file, length);
      allocated(cut);
      assertThat(allocated(cut)).as("%d bytes", length).isLessThanOrEqualTo((long) TIMES * length);
    }
  }

  private long allocated(byte[] file) {
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      assertThat(TfliteReader.read(file)).isNotNull();
    } catch (FacsimileException e) {
      assertThat(e.diagnostics()).isNotEmpty();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
