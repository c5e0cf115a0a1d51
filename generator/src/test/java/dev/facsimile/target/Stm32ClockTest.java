// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The clock that each board's register values make, decoded from them as the families' reference
 * manuals define the fields, must be the one that the board claims.
 */
final class Stm32ClockTest {
  private final Targets targets = Targets.load();

  /** Register contents after all steps, from what the registers hold after reset. */
  private static Map<Long, Long> registers(Target board) {
    Map<Long, Long> registers = new HashMap<>();
    for (Setup.Step step : ((Setup.Registers) board.setup()).steps()) {
      if (step.writes()) {
        registers.put(step.address(), step.value());
      } else if (step.changes()) {
        registers.merge(
            step.address(), step.value(), (old, value) -> (old & ~step.mask()) | step.value());
      }
    }
    return registers;
  }

  private static long field(Map<Long, Long> registers, long address, int low, int bits) {
    return (registers.getOrDefault(address, 0L) >> low) & ((1L << bits) - 1);
  }

  private static void assertVco(long hertz, long least, long most) {
    assertThat(hertz).as("VCO").isBetween(least, most);
  }

  @ParameterizedTest
  @CsvSource({
    "netduinoplus2, 5",
    "stm32f407g-disc1, 5",
    "nucleo-f446re, 5",
    "nucleo-f746zg, 7",
  })
  void f4AndF7(String name, int waitStates) {
    Target board = targets.find(name);
    Map<Long, Long> registers = registers(board);
    long pll = 0x40023804L;
    long input = 16_000_000 / field(registers, pll, 0, 6);
    long vco = input * field(registers, pll, 6, 9);

    assertVco(input, 1_000_000, 2_000_000);
    assertVco(vco, 100_000_000, 432_000_000);
    assertThat(vco / (2 * (field(registers, pll, 16, 2) + 1))).isEqualTo(board.clockHz());
    assertThat(field(registers, 0x40023c00L, 0, 4)).isEqualTo(waitStates);
    assertThat(field(registers, 0x40023808L, 0, 2)).as("runs on the PLL").isEqualTo(2);
    assertConsole(
        board, board.clockHz() >> (field(registers, 0x40023808L, apbShift(board), 3) - 3));
  }

  /** Where RCC_CFGR says what divides the clock of the console's bus. */
  private static int apbShift(Target board) {
    return usart(board).clock().address() == 0x40023840L ? 10 : 13;
  }

  @Test
  void l4Plus() {
    Target board = targets.find("nucleo-l4r5zi");
    Map<Long, Long> registers = registers(board);
    long pll = 0x4002100cL;
    long vco = 16_000_000 / (field(registers, pll, 4, 4) + 1) * field(registers, pll, 8, 7);

    assertThat(field(registers, pll, 0, 2)).as("from HSI16").isEqualTo(2);
    assertThat(field(registers, pll, 24, 1)).as("output R on").isEqualTo(1);
    assertVco(vco, 64_000_000, 344_000_000);
    assertThat(vco / (2 * (field(registers, pll, 25, 2) + 1))).isEqualTo(board.clockHz());
    assertThat(field(registers, 0x40007080L, 8, 1)).as("boost mode").isZero();
    assertThat(field(registers, 0x40021008L, 4, 4)).as("AHB undivided at the end").isZero();
    assertThat(field(registers, 0x40022000L, 0, 4)).isEqualTo(5);
    assertConsole(board, board.clockHz());
  }

  @Test
  void g0() {
    Target board = targets.find("nucleo-g0b1re");
    Map<Long, Long> registers = registers(board);
    long pll = 0x4002100cL;
    long vco = 16_000_000 / (field(registers, pll, 4, 3) + 1) * field(registers, pll, 8, 7);

    assertThat(field(registers, pll, 0, 2)).as("from HSI16").isEqualTo(2);
    assertThat(field(registers, pll, 28, 1)).as("output R on").isEqualTo(1);
    assertVco(vco, 96_000_000, 344_000_000);
    assertThat(vco / (field(registers, pll, 29, 3) + 1)).isEqualTo(board.clockHz());
    assertThat(field(registers, 0x40022000L, 0, 3)).isEqualTo(2);
    assertConsole(board, board.clockHz());
  }

  @Test
  void h7() {
    Target board = targets.find("nucleo-h743zi2");
    Map<Long, Long> registers = registers(board);
    long divisors = 0x58024430L;
    long input = 64_000_000 / field(registers, 0x58024428L, 4, 6);
    long vco = input * (field(registers, divisors, 0, 9) + 1);

    assertVco(input, 2_000_000, 16_000_000);
    assertVco(vco, 192_000_000, 960_000_000);
    assertThat(vco / (field(registers, divisors, 9, 7) + 1)).isEqualTo(board.clockHz());
    assertThat(field(registers, 0x58024418L, 0, 4)).as("AXI / 2").isEqualTo(8);
    assertThat(field(registers, 0x52002000L, 0, 6)).as("wait states").isEqualTo(0x24);
    assertConsole(board, (board.clockHz() / 2) >> (field(registers, 0x5802441cL, 4, 3) - 3));
  }

  @Test
  void u5() {
    Target board = targets.find("nucleo-u575zi-q");
    Map<Long, Long> registers = registers(board);
    long pll = 0x46020c28L;
    long divisors = 0x46020c34L;
    long input = 16_000_000 / (field(registers, pll, 8, 4) + 1);
    long vco = input * (field(registers, divisors, 0, 9) + 1);
    long booster = 16_000_000 / (2 * field(registers, pll, 12, 4));

    assertThat(field(registers, pll, 0, 2)).as("from HSI16").isEqualTo(2);
    assertThat(field(registers, pll, 18, 1)).as("output R on").isEqualTo(1);
    assertVco(booster, 4_000_000, 16_000_000);
    assertVco(vco, 128_000_000, 544_000_000);
    assertThat(vco / (field(registers, divisors, 24, 7) + 1)).isEqualTo(board.clockHz());
    assertThat(field(registers, 0x4602080cL, 16, 3)).as("range 1 and booster").isEqualTo(7);
    assertThat(field(registers, 0x40030400L, 0, 1)).as("instruction cache").isEqualTo(1);
    assertConsole(board, board.clockHz());
  }

  private static Console.Stm32Usart usart(Target board) {
    return (Console.Stm32Usart) board.console();
  }

  /** Off by less than 1 %, which leaves the oscillator its share of the 2 % a receiver bears. */
  private static void assertConsole(Target board, long busHz) {
    Console.Stm32Usart usart = usart(board);
    assertThat(usart.clockHz()).isEqualTo(busHz);
    long scaled = busHz * usart.dividerScale();
    double divider = Math.rint((double) scaled / usart.baud());
    assertThat(scaled / divider / usart.baud()).isBetween(0.99, 1.01);
  }
}
