// SPDX-License-Identifier: Apache-2.0
package dev.facsimile;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The direction of dependency that ARCHITECTURE.md draws, and the few rules of the house a machine
 * can check.
 */
@AnalyzeClasses(packages = "dev.facsimile", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String BASE = "dev.facsimile";

  /**
   * What each package may use, besides itself. The root package and cli may use everything below
   * them.
   */
  private static final Map<String, List<String>> MAY_USE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("report", List.of()),
              Map.entry("graph", List.of()),
              Map.entry("facts", List.of("graph")),
              Map.entry("tflite", List.of("graph", "report")),
              Map.entry("quantize", List.of("graph", "facts", "report")),
              Map.entry("interpret", List.of("graph", "facts", "quantize", "report")),
              Map.entry("passes", List.of("graph", "facts", "interpret", "quantize", "report")),
              Map.entry("dataset", List.of("graph", "report")),
              Map.entry("metrics", List.of()),
              Map.entry(
                  "calibrate",
                  List.of(
                      "graph",
                      "facts",
                      "interpret",
                      "quantize",
                      "passes",
                      "dataset",
                      "metrics",
                      "report")),
              Map.entry("target", List.of("report")),
              Map.entry("plan", List.of("graph", "facts", "quantize", "target", "report")),
              Map.entry("emit", List.of("graph", "plan", "quantize", "target", "report")),
              Map.entry("emulate", List.of("target", "report"))));

  @ArchTest
  static final ArchRule packagesDependInOneDirection =
      ArchRuleDefinition.classes().that(new LivesBelow()).should(new UseOnlyWhatItsPackageMay());

  @ArchTest
  static final ArchRule nobodyUsesTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(BASE + ".cli..");

  @ArchTest
  static final ArchRule onlyTheImporterKnowsTheSchema =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".tflite..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..", "com.google.flatbuffers..");

  @ArchTest
  static final ArchRule onlyTheCommandLinePrintsOrExits =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule noDrawers =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..", "..impl..")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager");

  private static String segment(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(BASE + ".")) {
      return "";
    }
    String rest = name.substring(BASE.length() + 1);
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  private static final class LivesBelow extends DescribedPredicate<JavaClass> {
    LivesBelow() {
      super("live below the pipeline");
    }

    @Override
    public boolean test(JavaClass type) {
      return !segment(type).isEmpty() && !segment(type).equals("cli");
    }
  }

  private static final class UseOnlyWhatItsPackageMay extends ArchCondition<JavaClass> {
    UseOnlyWhatItsPackageMay() {
      super("use only the packages below their own");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      String from = segment(type);
      List<String> allowed = MAY_USE.get(from);
      if (allowed == null) {
        events.add(SimpleConditionEvent.violated(type, "package " + from + " is not in the map"));
        return;
      }
      Set<String> seen = new java.util.TreeSet<>();
      type.getDirectDependenciesFromSelf()
          .forEach(
              dependency -> {
                JavaClass target = dependency.getTargetClass();
                String to = segment(target);
                boolean inRoot = target.getPackageName().equals(BASE);
                if ((inRoot || !to.isEmpty()) && !to.equals(from) && !allowed.contains(to)) {
                  if (seen.add(to + dependency.getDescription())) {
                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                  }
                }
              });
    }
  }
}
