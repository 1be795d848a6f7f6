package io.vellamo.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** The arrows between modules, and habits that a compiler can't see. */
@AnalyzeClasses(packages = "io.vellamo", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] PROGRAMS = {
    "io.vellamo.cli..", "io.vellamo.samples..", "io.vellamo.benchmarks.."
  };

  private static final String BELOW_ACTORS = "io.vellamo.actors.*..";

  @ArchTest
  static final ArchRule modulesAreFreeOfCycles =
      slices().matching("io.vellamo.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule apiKnowsOnlyTheJdk =
      dependsOnlyOn("api", "java..", "org.jspecify..", "com.fasterxml.jackson.annotation..");

  /** An annotation whose class may be absent; anything else of Jackson would be needed to run. */
  @ArchTest
  static final ArchRule apiKnowsOneAnnotationOfJackson =
      noClasses()
          .that()
          .resideInAPackage(root("api"))
          .and()
          .doNotHaveSimpleName("JsonReport")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule publicApi_exposesNothingInternal =
      ArchRuleDefinition.classes()
          .that()
          .resideInAPackage(root("api"))
          .and()
          .resideOutsideOfPackage("..internal..")
          .and(ExposedTypes.BY_PUBLIC_TYPE)
          .should(ExposedTypes.notMention(JavaClass.Predicates.resideInAPackage("..internal..")));

  @ArchTest
  static final ArchRule engineKnowsOnlyTheApi =
      dependsOnlyOn("engine", "io.vellamo.api..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule persistenceKnowsEngineAndApi = mayUse("persistence", "engine", "api");

  @ArchTest
  static final ArchRule replayKnowsPersistenceEngineAndApi =
      mayUse("replay", "persistence", "engine", "api");

  @ArchTest
  static final ArchRule actorsKnowPersistenceEngineAndApi =
      mayUse("actors", "persistence", "engine", "api");

  @ArchTest
  static final ArchRule packagesOfActorsAreFreeOfCycles =
      slices().matching("io.vellamo.actors.(*)..").should().beFreeOfCycles();

  /** The entry point knows its implementation, not the other way round. */
  @ArchTest
  static final ArchRule packagesOfActorsDoNotKnowTheirEntryPoint =
      noClasses()
          .that()
          .resideInAPackage(BELOW_ACTORS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vellamo.actors");

  @ArchTest
  static final ArchRule entryPointOfActors_exposesNothingInternal =
      ArchRuleDefinition.classes()
          .that()
          .resideInAPackage("io.vellamo.actors")
          .and(ExposedTypes.BY_PUBLIC_TYPE)
          .should(
              ExposedTypes.notMention(
                  JavaClass.Predicates.resideInAnyPackage("..internal..", BELOW_ACTORS)));

  @ArchTest static final ArchRule connectorsKnowTheApi = mayUse("connectors", "api");

  @ArchTest static final ArchRule jdbcKnowsTheApi = mayUse("jdbc", "api");

  @ArchTest static final ArchRule cassandraKnowsTheApi = mayUse("cassandra", "api");

  @ArchTest static final ArchRule webhookKnowsTheApi = mayUse("webhook", "api");

  @ArchTest static final ArchRule alertsKnowTheApiAndWebhooks = mayUse("alerts", "api", "webhook");

  @ArchTest
  static final ArchRule kafkaKnowsTheApiAndTheJsonOfFiles =
      mayUse("kafka", "connectors.file", "api");

  @ArchTest
  static final ArchRule metersKnowTheApiAndMicrometer =
      dependsOnlyOn(
          "micrometer", "io.vellamo.api..", "java..", "org.jspecify..", "io.micrometer.core..");

  @ArchTest
  static final ArchRule sketchesKnowTheApiAndTheirAlgorithms =
      dependsOnlyOn(
          "sketches",
          "io.vellamo.api..",
          "java..",
          "org.jspecify..",
          "com.dynatrace.hash4j..",
          "com.tdunning.math.stats..");

  @ArchTest
  static final ArchRule publicSketches_exposeNothingInternal =
      ArchRuleDefinition.classes()
          .that()
          .resideInAPackage(root("sketches"))
          .and(ExposedTypes.BY_PUBLIC_TYPE)
          .should(
              ExposedTypes.notMention(
                  JavaClass.Predicates.resideInAnyPackage(
                      "..internal..", "com.dynatrace..", "com.tdunning..")));

  @ArchTest
  static final ArchRule testkitKnowsCodecsEngineAndApi =
      mayUse("testkit", "persistence.codec", "engine", "api");

  @ArchTest
  static final ArchRule testkitAndCodecsKnowNoPekko =
      noClasses()
          .that()
          .resideInAnyPackage(root("testkit"), root("persistence.codec"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.pekko..");

  @ArchTest static final ArchRule embeddedJournalKnowsNothingOfVellamo = mayUse("journal");

  @ArchTest
  static final ArchRule timeAndSleepComeAsArguments =
      noClasses()
          .that()
          .resideOutsideOfPackages(PROGRAMS)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule onlyTheSystemClockAsksTheMachine =
      noClasses()
          .that()
          .resideOutsideOfPackages(PROGRAMS)
          .and()
          .doNotHaveSimpleName("SystemQueryClock")
          .should()
          .callMethod(java.time.InstantSource.class, "system");

  /** {@code getBytes} writes a question mark for what it can't encode: two names become one. */
  @ArchTest
  static final ArchRule identitiesAreEncodedWithoutReplacement =
      noClasses()
          .that()
          .resideInAnyPackage(
              root("api"),
              root("engine"),
              root("persistence"),
              root("replay"),
              root("actors"),
              root("testkit"))
          .or()
          .haveNameMatching("io\\.vellamo\\.journal\\.store\\.(Keys|RecordFormat|IdDictionary)")
          .and()
          .doNotHaveFullyQualifiedName("io.vellamo.engine.group.Utf8")
          .should()
          .callMethod(String.class, "getBytes", java.nio.charset.Charset.class)
          .orShould()
          .callMethod(String.class, "getBytes", String.class)
          .orShould()
          .callMethod(String.class, "getBytes")
          .orShould()
          .callMethod(java.nio.charset.Charset.class, "encode", String.class);

  @ArchTest
  static void standardStreams_areTouchedByTheConsoleOnly(JavaClasses classes) {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        classes.that(
            DescribedPredicate.describe(
                "are libraries but the console",
                type ->
                    !type.getFullName().equals("io.vellamo.testkit.simulation.Simulate")
                        && !type.getPackageName().startsWith("io.vellamo.cli")
                        && !type.getPackageName().startsWith("io.vellamo.samples")
                        && !type.getPackageName().startsWith("io.vellamo.benchmarks")
                        && !type.getPackageName().startsWith("io.vellamo.connectors.console"))));
  }

  @ArchTest static final ArchRule loggingIsSlf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  @ArchTest
  static final ArchRule publicClassesAreClosed =
      ArchRuleDefinition.classes()
          .that()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .and()
          .areNotInterfaces()
          .should(beClosed());

  @ArchTest
  static final ArchRule publicFieldsAreConstants =
      fields().that().arePublic().should().beStatic().andShould().beFinal();

  private static ArchRule dependsOnlyOn(String module, String... packages) {
    String[] allowed = new String[packages.length + 1];
    System.arraycopy(packages, 0, allowed, 0, packages.length);
    allowed[packages.length] = root(module);
    return ArchRuleDefinition.classes()
        .that()
        .resideInAPackage(root(module))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }

  private static ArchRule mayUse(String module, String... others) {
    String[] allowed = new String[others.length + 1];
    for (int i = 0; i < others.length; i++) {
      allowed[i] = root(others[i]);
    }
    allowed[others.length] = root(module);
    DescribedPredicate<JavaClass> forbidden =
        JavaClass.Predicates.resideInAPackage("io.vellamo..")
            .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed)));
    return noClasses()
        .that()
        .resideInAPackage(root(module))
        .should()
        .dependOnClassesThat(forbidden);
  }

  private static String root(String module) {
    return "io.vellamo." + module + "..";
  }

  private static ArchCondition<JavaClass> beClosed() {
    return new ArchCondition<>("be final, abstract or sealed") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean closed =
            type.getModifiers().contains(JavaModifier.FINAL)
                || type.getModifiers().contains(JavaModifier.ABSTRACT)
                || type.reflect().isSealed();
        if (!closed) {
          events.add(SimpleConditionEvent.violated(type, type.getName() + " can be extended"));
        }
      }
    };
  }
}
