// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.facsimile.emit.firmware.XorNetwork;
import dev.facsimile.emulate.PlatformFile.Device;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.target.Console;
import dev.facsimile.target.Core;
import dev.facsimile.target.Counter;
import dev.facsimile.target.MemoryRegion;
import dev.facsimile.target.Target;
import dev.facsimile.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a generated folder holds for Renode, held against the description of its target. */
final class RenodeFilesTest {
  /** Of types whose registration gives an address alone: what Renode's models occupy. */
  private static final long REGISTERS = 0x1000;

  /** One folder a target, written once. */
  @TempDir private static Path root;

  static Stream<Target> targets() {
    return Targets.load().all().stream().filter(target -> !target.isHost());
  }

  private static String file(Target target, String path) throws IOException {
    return Files.readString(folder(target).resolve("emulate").resolve(path));
  }

  private static Path folder(Target target) throws IOException {
    Path folder = root.resolve(target.name());
    if (!Files.exists(folder)) {
      XorNetwork.write(folder, target.name());
    }
    return folder;
  }

  private static PlatformFile platform(Target target) throws IOException {
    return PlatformFile.parse(file(target, "board.repl"));
  }

  private static Optional<Device> ofType(PlatformFile file, String type) {
    return file.devices().stream().filter(device -> device.type().equals(type)).findFirst();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void thePlatformHasTheMemoriesOfTheTarget(Target target) throws IOException {
    PlatformFile file = platform(target);

    for (MemoryRegion region : target.memory()) {
      Device memory =
          file.devices().stream()
              .filter(device -> device.address().equals(OptionalLong.of(region.address())))
              .findFirst()
              .orElseThrow();
      assertThat(memory.type()).isEqualTo("Memory.MappedMemory");
      assertThat(memory.size()).hasValue(region.bytes());
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void thePlatformHasTheCoreOfTheTargetAtItsClock(Target target) throws IOException {
    Device cpu = ofType(platform(target), "CPU.CortexM").orElseThrow();
    Device nvic = ofType(platform(target), "IRQControllers.NVIC").orElseThrow();

    String name = target.core() == Core.CORTEX_M0PLUS ? "cortex-m0+" : target.core().label();
    assertThat(cpu.properties())
        .containsEntry("cpuType", "\"" + name + "\"")
        .containsEntry("PerformanceInMips", Long.toString(target.clockHz() / 1_000_000))
        .containsEntry("nvic", "nvic");
    assertThat(nvic.properties())
        .containsEntry("systickFrequency", Long.toString(target.clockHz()));
    assertThat(nvic.interrupt()).isEqualTo("cpu@0");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void theConsoleHasTheAddressAndTheInterruptOfTheTarget(Target target) throws IOException {
    Device console = platform(target).console();

    if (target.console() instanceof Console.Stm32Usart usart) {
      assertThat(console.name()).isEqualToIgnoringCase(usart.name());
      assertThat(console.address()).hasValue(usart.base());
      assertThat(console.interrupt()).isEqualTo("nvic@" + usart.interrupt());
      assertThat(console.type())
          .isEqualTo(usart.statusAndData() ? "UART.STM32_UART" : "UART.STM32F7_USART");
      assertThat(console.properties().containsKey("lowPowerMode")).isEqualTo(usart.lowPower());
    } else if (target.console() instanceof Console.CmsdkUart uart) {
      assertThat(console.address()).hasValue(uart.base());
      assertThat(console.interrupt()).isEqualTo("nvic@" + uart.interrupt());
    } else {
      Console.Nrf51Uart uart = (Console.Nrf51Uart) target.console();
      assertThat(console.address()).hasValue(uart.base());
      assertThat(console.interrupt()).isEqualTo("nvic@" + uart.interrupt());
    }
  }

  /** DWT_CYCCNT is of Armv7-M and later; where it counts, it counts instructions. */
  @ParameterizedTest
  @MethodSource("targets")
  void theCycleCounterIsThereWhereTheCoreHasOne(Target target) throws IOException {
    Optional<Device> dwt = ofType(platform(target), "Miscellaneous.DWT");

    boolean armv6 = target.isa().equals("armv6-m");
    assertThat(dwt.isPresent()).isEqualTo(!armv6);
    assertThat(armv6 && target.counter() instanceof Counter.Dwt).isFalse();
    dwt.ifPresent(
        counter -> {
          assertThat(counter.address()).hasValue(0xe0001000L);
          assertThat(counter.properties())
              .containsEntry("frequency", Long.toString(target.clockHz()));
        });
  }

  @ParameterizedTest
  @MethodSource("targets")
  void nothingOverlaps(Target target) throws IOException {
    List<Device> devices =
        platform(target).devices().stream().filter(d -> d.address().isPresent()).toList();

    for (Device one : devices) {
      for (Device other : devices) {
        long start = one.address().orElseThrow();
        long end = start + one.size().orElse(one.type().startsWith("UART") ? 0x400 : REGISTERS);
        long inside = other.address().orElseThrow();
        assertThat(one.equals(other) || inside < start || inside >= end)
            .as("%s and %s", one, other)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void scriptsNameTheConsoleTheVectorTableAndNoServer(Target target) throws IOException {
    String console = "sysbus." + platform(target).console().name();
    String vectors = "VectorTableOffset " + target.codeMemory().addressText();

    assertThat(file(target, "run.resc"))
        .contains(console + " CreateFileBackend $log true")
        .contains(vectors)
        .endsWith("quit\n");
    assertThat(file(target, "selftest.robot")).contains(console + " ").contains(vectors);
    for (String path : List.of("board.repl", "run.resc", "selftest.robot")) {
      assertThat(file(target, path)).doesNotContain("http", "ApplySVD");
    }
  }

  /** Renode takes {@code word=} at the start of an argument for the name of a parameter. */
  @ParameterizedTest
  @MethodSource("targets")
  void noArgumentOfARobotKeywordIsTakenForANamedOne(Target target) throws IOException {
    String robot = file(target, "selftest.robot");

    List<String> named =
        robot
            .lines()
            .filter(line -> line.startsWith("    "))
            .flatMap(line -> Stream.of(line.strip().split(" {2,}")))
            .filter(argument -> argument.matches("[a-zA-Z0-9_]+=.+"))
            .map(argument -> argument.substring(0, argument.indexOf('=')))
            .distinct()
            .toList();
    assertThat(named).containsExactly("timeout", "defaultPauseEmulation", "content");
    assertThat(robot)
        .contains("content=variants=portable isa=" + target.isa() + " compiler=\n")
        .contains("content=end crc=cff1c6b8");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void ciFilesAreYamlThatRunsTheRobotTestInTheReleasedImage(Target target) throws IOException {
    String image =
        target.core() == Core.CORTEX_M55
            ? "antmicro/renode:nightly-dotnet"
            : "antmicro/renode:1.16.1";

    JsonNode github = new YAMLMapper().readTree(file(target, "ci/github-actions.yml"));
    JsonNode steps = github.path("jobs").path("selftest").path("steps");
    String run = steps.findValues("run").get(2).asText();
    assertThat(run)
        .contains(image + " \\\n")
        .contains("renode-test -r /src/renode-results \"$FIRMWARE/emulate/selftest.robot\"");
    assertThat(github.path("on")).hasSize(2);
    assertThat(github.path("env").path("FIRMWARE").asText()).isEqualTo("firmware");

    JsonNode gitlab = new YAMLMapper().readTree(file(target, "ci/gitlab-ci.yml"));
    assertThat(gitlab.path("xor-renode").path("image").asText()).isEqualTo(image);
    assertThat(gitlab.path("xor-renode").path("needs").get(0).asText()).isEqualTo("xor-compile");
    assertThat(gitlab.path("xor-renode").path("script").get(1).asText())
        .endsWith("\"$FIRMWARE/emulate/selftest.robot\"");
    assertThat(gitlab.path("xor-compile").path("script").get(2).asText())
        .isEqualTo("make -C \"$FIRMWARE\"");
  }

  /** Where the compiler may use vector registers, the loops that copy .data need the unit. */
  @Test
  void startUpSwitchesTheFloatingPointUnitOnBeforeItTouchesMemory() throws IOException {
    Path folder = folder(Targets.load().find("nucleo-h743zi2"));
    String startup = Files.readString(folder.resolve("board/nucleo-h743zi2/startup.c"));

    String reset = startup.substring(startup.indexOf("void reset_handler(void)\n{"));
    assertThat(reset.indexOf("enable_fpu();"))
        .isPositive()
        .isLessThan(reset.indexOf("set_vector_table();"))
        .isLessThan(reset.indexOf("for (to = data_start"));
  }

  /** Renode's keywords as Robot Framework sees them: names, arguments and their defaults. */
  private static final String KEYWORDS =
      """
      *** Keywords ***
      Setup
          No Operation
      Teardown
          No Operation
      Reset Emulation
          No Operation
      Test Teardown
          No Operation
      Start Emulation
          No Operation
      Execute Command
          [Arguments]    ${command}    ${machine}=${None}
          No Operation
      Create Terminal Tester
          [Arguments]    ${uart}    ${timeout}=8    ${defaultPauseEmulation}=false
          No Operation
      Register Failing Uart String
          [Arguments]    ${containingText}
          No Operation
      Wait For Line On Uart
          [Arguments]    ${content}    ${timeout}=8
          No Operation
      """;

  @Test
  void robotFrameworkUnderstandsTheTest() throws IOException {
    PresentTools.requirePython("robot");
    Path folder = folder(Targets.load().find("nucleo-l4r5zi"));
    Path keywords = Files.writeString(root.resolve("keywords.robot"), KEYWORDS);

    ChildProcess robot =
        ChildProcess.run(
            List.of(
                "python3",
                "-m",
                "robot",
                "--dryrun",
                "--output",
                "NONE",
                "--log",
                "NONE",
                "--report",
                "NONE",
                "--variable",
                "RENODEKEYWORDS:" + keywords,
                "emulate/selftest.robot"),
            folder,
            Duration.ofMinutes(1));

    assertThat(robot.succeeded()).as(robot.output() + robot.errors()).isTrue();
    assertThat(robot.output()).contains("1 test, 1 passed, 0 failed");
    assertThat(robot.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "using \"platforms/cpus/stm32f4.repl\"",
        "sysbus:",
        "    init:",
        "        ApplySVD @https://example.org/x.svd",
        "evil: Python.PythonPeripheral @ sysbus 0x50000000",
        "evil: Memory.MappedMemory @ none",
        "    script: \"import os\"",
        "    size: 0x10000000000",
        "extra: UART.TrivialUart @ sysbus 0x40000000",
        "second: UART.STM32_UART @ sysbus <0x40004800, +0x100>",
      })
  void aPlatformThatWasChangedIsRefused(String line) throws IOException {
    String good = file(Targets.load().find("nucleo-f446re"), "board.repl");

    assertThatThrownBy(() -> PlatformFile.parse(good + "\n" + line + "\n"))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContaining("board.repl is not as it was generated");
    assertThatThrownBy(() -> PlatformFile.parse(line + "\n" + good))
        .isInstanceOf(FacsimileException.class);
  }
}
