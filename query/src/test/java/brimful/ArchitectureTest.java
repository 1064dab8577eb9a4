package brimful;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.ask.Asker;
import brimful.chunk.Chunker;
import brimful.extract.Extractor;
import brimful.ingest.Ingester;
import brimful.ingest.Stages;
import brimful.pack.Packer;
import brimful.rank.Ranker;
import brimful.source.Sources;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Holds the arrows between the stages, the homes of the technologies and the null-marking.
final class ArchitectureTest {
  /// The stages, upstream first. The first three are what all share.
  private static final List<String> STAGES =
      List.of(
          "brimful.corpus",
          "brimful.token",
          "brimful.store",
          "brimful.bucket",
          "brimful.web",
          "brimful.source.forge",
          "brimful.source.own",
          "brimful.source.copy",
          "brimful.source",
          "brimful.source.history",
          "brimful.extract.process",
          "brimful.extract.limit",
          "brimful.extract.archive",
          "brimful.extract.charset",
          "brimful.extract.format",
          "brimful.extract.ocr",
          "brimful.extract.office",
          "brimful.extract.ole",
          "brimful.extract.pdf",
          "brimful.extract.text",
          "brimful.extract.media",
          "brimful.extract.chat",
          "brimful.extract.mail",
          "brimful.extract",
          "brimful.secret",
          "brimful.chunk",
          "brimful.index.sort",
          "brimful.index.term",
          "brimful.index",
          "brimful.index.baseline",
          "brimful.opensearch",
          "brimful.kafka.record",
          "brimful.kafka",
          "brimful.kafka.worker",
          "brimful.kafka.work",
          "brimful.kafka.index",
          "brimful.ingest",
          "brimful.rank.calendar",
          "brimful.rank.reference",
          "brimful.rank.aspect",
          "brimful.rank",
          "brimful.pack",
          "brimful.eval",
          "brimful.model",
          "brimful.ask",
          "brimful.dense",
          "brimful.answer",
          "brimful.replay",
          "brimful.upload",
          "brimful.collection",
          "brimful.collection.scope",
          "brimful.collection.schedule",
          "brimful.service",
          "brimful.view",
          "brimful.retriever",
          "brimful.batch.table",
          "brimful.batch.ledger",
          "brimful.batch",
          "brimful.exhaustive",
          "brimful.exhaustive.job",
          "brimful.mcp.tool",
          "brimful.mcp",
          "brimful.http.edge",
          "brimful.http.key",
          "brimful.http.hook",
          "brimful.http.monitor",
          "brimful.http.openai",
          "brimful.http.conversation",
          "brimful.http.page",
          "brimful.http",
          "brimful.cli.log",
          "brimful.cli.project",
          "brimful.cli.option",
          "brimful.cli.lead",
          "brimful.cli.view",
          "brimful.cli.setup",
          "brimful.cli.chat",
          "brimful.cli");

  private static final Map<String, String> HOMES =
      Map.ofEntries(
          Map.entry("org.apache.lucene..", "brimful.index.."),
          Map.entry("org.apache.tika..", "brimful.extract.."),
          Map.entry("org.apache.james..", "brimful.extract.mail.."),
          Map.entry("org.jsoup..", "brimful.extract.format.."),
          Map.entry("org.apache.kafka..", "brimful.kafka.."),
          Map.entry("kafka..", "brimful.kafka.."),
          Map.entry("javax.xml.stream..", "brimful.web.."),
          Map.entry("software.amazon..", "brimful.bucket.."),
          Map.entry("org.eclipse.jgit..", "brimful.source.."),
          Map.entry("dev.langchain4j..", "brimful.[ask|dense|retriever].."),
          Map.entry("org.h2..", "brimful.(dense|batch).."),
          Map.entry("com.networknt..", "brimful.batch.."),
          Map.entry("com.fasterxml.jackson.dataformat.csv..", "brimful.batch.."),
          Map.entry("com.fasterxml.jackson.dataformat.yaml..", "brimful.(batch|cli.project).."),
          Map.entry("io.modelcontextprotocol..", "brimful.mcp.."),
          Map.entry("tools.jackson..", "brimful.mcp.."),
          Map.entry("com.google.re2j..", "brimful.mcp.."),
          Map.entry("reactor..", "brimful.mcp.."),
          Map.entry("com.knuddels.jtokkit..", "brimful.token.."),
          Map.entry("org.apache.commons.cli..", "brimful.cli.."),
          Map.entry("io.javalin..", "brimful.http.."),
          Map.entry("org.eclipse.jetty..", "brimful.http.."),
          Map.entry("io.micrometer..", "brimful.http.."),
          Map.entry("io.opentelemetry..", "brimful.http.."),
          Map.entry("org.jline..", "brimful.cli.chat.."),
          Map.entry("me.tongfei.progressbar..", "brimful.cli.."));

  /// What reads the corpus must not be able to ask, and what asks must not be able to read it.
  private static final Map<String, List<String>> STRANGERS =
      Map.of(
          "brimful.ask..", List.of("brimful.source..", "brimful.extract..", "brimful.ingest.."),
          "brimful.answer..", List.of("brimful.source..", "brimful.extract..", "brimful.ingest.."),
          "brimful.rank..", List.of("brimful.source..", "brimful.extract..", "brimful.ingest.."),
          "brimful.pack..", List.of("brimful.source..", "brimful.extract..", "brimful.ingest.."));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/brimful/testing/"))
          .withImportOption(location -> !location.contains("-tests.jar!"))
          .importPackages("brimful");

  /// What is thrown on purpose is a `UserError`. A class of its own has what code catches to act
  /// on, and nothing else: whether a record that cannot be read may be thrown away, why a parser
  /// was stopped or could not be started, how much of a file was taken, where a file of settings
  /// ends to make sense, and whether a ledger is not what was written.
  private static final Set<String> EXCEPTIONS =
      Set.of(
          "brimful.corpus.UserError",
          "brimful.kafka.record.UnreadableRecord",
          "brimful.source.GitConfigFile$Malformed",
          "brimful.batch.ledger.LedgerFile$DamagedLedger",
          "brimful.extract.NoParserProcess",
          "brimful.extract.Allowance$BombException",
          "brimful.extract.MeteredStream$TooLongException",
          "brimful.ingest.WholeItem$Full",
          "brimful.extract.Fork$SourceException");

  @Test
  void errorsHaveOneFamily() {
    assertThat(
            CLASSES.stream()
                .filter(one -> one.isAssignableTo(Throwable.class))
                .map(JavaClass::getName))
        .containsExactlyInAnyOrderElementsOf(EXCEPTIONS);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("brimful.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void stagesImportOnlyWhatIsUpstream() {
    for (int i = 0; i < STAGES.size() - 1; i++) {
      String[] downstream = STAGES.subList(i + 1, STAGES.size()).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(STAGES.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(downstream)
          .check(CLASSES);
    }
  }

  @Test
  void everyPackageIsAStage() {
    List<String> packages = packages().map(JavaPackage::getName).toList();

    assertThat(packages).containsExactlyInAnyOrderElementsOf(STAGES);
  }

  @Test
  void eachTechnologyHasOneHome() {
    HOMES.forEach((technology, home) ->
        noClasses()
            .that()
            .resideOutsideOfPackage(home)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(technology)
            .check(CLASSES));
  }

  @Test
  void stagesOfIngestAreBuiltInOnePlace() {
    for (Class<?> stage :
        List.of(Sources.class, Extractor.class, Chunker.class, Stages.class, Ingester.class)) {
      noClasses()
          .that()
          .resideOutsideOfPackages("brimful.collection..", "brimful.ingest..")
          .and()
          .doNotHaveFullyQualifiedName(stage.getName())
          .should()
          .callConstructorWhere(target(owner(equivalentTo(stage))))
          .check(CLASSES);
    }
  }

  /// Measuring tools rank and pack for themselves: they compare variants of both.
  @Test
  void aQuestionHasOneCore() {
    for (Class<?> stage : List.of(Ranker.class, Packer.class, Asker.class)) {
      noClasses()
          .that()
          .resideOutsideOfPackages("brimful.service..", "brimful.eval..", "brimful.replay..")
          .and()
          .doNotHaveFullyQualifiedName(stage.getName())
          .should()
          .callConstructorWhere(target(owner(equivalentTo(stage))))
          .check(CLASSES);
    }
  }

  /// Whoever cannot name a path cannot leave a folder behind.
  @Test
  void oldTurnsAreRankedWithoutFiles() {
    noClasses()
        .that()
        .haveSimpleName("MemoryCorpus")
        .or()
        .haveSimpleName("MemoryIndex")
        .or()
        .haveSimpleName("Conversation")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "brimful.store..")
        .check(CLASSES);
  }

  @Test
  void readersAndAskersDoNotMeet() {
    STRANGERS.forEach((stage, strangers) ->
        noClasses()
            .that()
            .resideInAPackage(stage)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(strangers.toArray(String[]::new))
            .check(CLASSES));
  }

  @Test
  void pureStagesReadNoClockAndDoNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAnyPackage("brimful.corpus..", "brimful.chunk..", "brimful.pack..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.(nio\\.file\\..*|io\\.File.*|net\\..*|time\\.Clock|time\\.Instant|util\\.concurrent\\..*)")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    packages()
        .forEach(stage ->
            assertThat(stage.isAnnotatedWith(NullMarked.class)).as(stage.getName()).isTrue());
  }

  /// Whoever reads a class's name should not have to ask which.
  @Test
  void noSimpleNameIsUsedTwice() throws IOException {
    assertThat(
            sources()
                .map(path -> path.getFileName().toString())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting())))
        .allSatisfy((name, times) -> assertThat(times).as(name).isOne());
  }

  @Test
  void noPackageHasMoreThan36Files() {
    assertThat(
            CLASSES.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting())))
        .allSatisfy((name, files) -> assertThat(files).as(name).isLessThanOrEqualTo(36));
  }

  private static Stream<JavaPackage> packages() {
    return CLASSES.getPackage("brimful").getSubpackagesInTree().stream()
        .filter(one -> !one.getClasses().isEmpty());
  }

  /// All classes with files of their own, of all modules, tests too.
  private static Stream<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(path -> path.toString().matches("../(packer|ingest|query)/src/.*[.]java"))
          .filter(path -> !path.endsWith("package-info.java"))
          .toList()
          .stream();
    }
  }
}
