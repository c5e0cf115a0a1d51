// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.report.ExitCode;
import dev.facsimile.report.FacsimileException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The facsimile command. */
@Command(
    name = "facsimile",
    description =
        "Turns a trained multi-task network into C that a microcontroller runs, and proves it exact.",
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      InspectCommand.class,
      GenerateCommand.class,
      VerifyCommand.class,
      EvaluateCommand.class,
      TargetsCommand.class,
      OperatorsCommand.class,
      CommandLine.HelpCommand.class,
      AutoComplete.GenerateCompletion.class
    },
    footer = {
      "",
      "Start with: facsimile demo",
      "Exit codes: 0 done, 1 bug in the tool, 2 wrong usage, 3 model or data unreadable,",
      "4 model unsupported, 5 does not fit the target, 6 verification failed."
    })
public final class Main {
  private static final int HELP_WIDTH = 100;

  @Option(
      names = "--debug",
      description = "Print the stack trace of a bug.",
      scope = CommandLine.ScopeType.INHERIT)
  private boolean debug;

  public static void main(String[] arguments) {
    System.exit(run(Console.ofProcess(System.getenv()), arguments));
  }

  /** Runs one command line; returns the exit code. */
  static int run(Console console, String... arguments) {
    // Numbers and case mappings never depend on the user's locale.
    Locale.setDefault(Locale.ROOT);
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main, new CommandFactory(console));
    commandLine.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpWidth(HELP_WIDTH);
    commandLine.setExecutionExceptionHandler(
        (problem, command, parsed) -> main.explain(console, problem));
    return commandLine.execute(arguments);
  }

  private int explain(Console console, Exception problem) {
    if (problem instanceof FacsimileException refused) {
      console.diagnostics(refused.diagnostics());
      return refused.exitCode().value();
    }
    console.note(
        console.styled(Console.Style.BAD, "bug")
            + ": "
            + problem
            + "\n  hint: please report it with the model and the command line; --debug prints the stack trace");
    if (debug) {
      problem.printStackTrace(console.err());
    }
    return ExitCode.BUG.value();
  }
}
