// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.tflite.TfliteReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code facsimile operators}. */
@Command(
    name = "operators",
    description = "Lists the operators that models may have.",
    mixinStandardHelpOptions = true)
final class OperatorsCommand implements Callable<Integer> {
  /** What an int8 model may do with an operator that has no int8 form, by its name. */
  private static final Map<String, String> WITHOUT_INT8 =
      new TreeMap<>(Map.of("DEQUANTIZE", "at the edges", "DIV", "no"));

  private final Console console;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  OperatorsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Row> rows =
        TfliteReader.operators().stream()
            .map(name -> new Row(name, WITHOUT_INT8.getOrDefault(name, "yes")))
            .toList();
    if (json) {
      console.println(Json.of(rows));
      return 0;
    }
    TextTable table = new TextTable("operator", "float model", "int8 model", "C (portable)");
    for (Row row : rows) {
      table.row(row.name(), "yes", row.int8(), row.int8().equals("yes") ? "yes" : "no");
    }
    console.print(table.render());
    console.println(
        "  An operator without C may stand in a float model where it folds away: float16 weights,\n"
            + "  constants, a softmax spelt out.");
    return 0;
  }

  private record Row(String name, String int8) {}
}
