// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.tflite.TfliteReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
      new TreeMap<>(Map.of("DEQUANTIZE", "at the edges"));

  /** TensorFlow Lite has no int8 form of these; a float model that has them can be quantized. */
  private static final Set<String> OUR_OWN_INT8 =
      Set.of("DIV", "NEG", "SQRT", "SIN", "COS", "FLOOR", "CEIL", "ROUND", "SIGN", "SQUARE");

  private final Console console;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  OperatorsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Row> rows =
        TfliteReader.operators().stream().map(name -> new Row(name, int8(name))).toList();
    if (json) {
      console.println(Json.of(rows));
      return 0;
    }
    TextTable table = new TextTable("operator", "float model", "int8 model", "C (portable)");
    for (Row row : rows) {
      table.row(row.name(), "yes", row.int8(), hasKernel(row.name()));
    }
    console.print(table.render());
    console.print(
        """
          An operator without C may stand in a float model where it folds away: float16 weights,
          constants, a softmax spelt out. 'here': TensorFlow Lite has no int8 form; a float model
          is quantized by this tool's own.
        """);
    return 0;
  }

  private static String int8(String name) {
    return OUR_OWN_INT8.contains(name) ? "here" : WITHOUT_INT8.getOrDefault(name, "yes");
  }

  private static String hasKernel(String name) {
    return WITHOUT_INT8.containsKey(name) ? "no" : "yes";
  }

  private record Row(String name, String int8) {}
}
