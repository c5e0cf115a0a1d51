// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * This computer: compiles without a warning, then runs under AddressSanitizer and
 * UndefinedBehaviorSanitizer. Between layers the self-test poisons whatever the next one may not
 * touch.
 */
public final class HostRunner implements TargetRunner {
  private final String compiler;

  /**
   * This computer with one of its compilers.
   *
   * @param compiler gcc or clang
   */
  public HostRunner(String compiler) {
    this.compiler = compiler;
  }

  @Override
  public String name() {
    return "host " + compiler;
  }

  @Override
  public List<String> tools() {
    return List.of(compiler);
  }

  @Override
  public RunResult run(FirmwareFolder folder, Duration timeout) {
    try (BuildFolder copy = BuildFolder.copyOf(folder)) {
      Path root = copy.root();
      List<String> sources = copy.imageSources("host");
      List<String> selftest = ImageBuild.selftestOptions(folder);
      Toolchain.strict(compiler).compile(root, "strict", sources, selftest);
      Toolchain toolchain = Toolchain.sanitized(compiler);
      List<String> objects = toolchain.compile(root, "objects", sources, selftest);
      toolchain.link(root, objects, List.of(), "selftest-image");
      List<String> command = List.of(root.resolve("selftest-image").toString());
      return RunResult.of(name(), "host", ChildProcess.run(command, root, timeout));
    }
  }
}
