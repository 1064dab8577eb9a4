package brimful.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Checkout;
import brimful.testing.Checkout.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
final class LauncherTest {
  @TempDir private Path folder;
  private Checkout checkout;

  @BeforeEach
  void checkOut() throws IOException {
    checkout = new Checkout(folder, "a b/ü 设备");
  }

  @Test
  void buildsOnceAndStartsInAFolderOfAnyNameWithItsWordsAsTheyAre() throws Exception {
    Start first = checkout.run("pack", "a  folder", "größer 设备", "*", "");
    Start second = checkout.run("pack");

    assertThat(first.code()).isZero();
    assertThat(first.err()).contains("building Brimful, once");
    assertThat(first.out())
        .contains("cache brimful.aot\nprogram of 1\n")
        .endsWith("word <pack>\nword <a  folder>\nword <größer 设备>\nword <*>\nword <>\n");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).contains("program of 1", "word <pack>");
    assertThat(checkout.builds()).isEqualTo(1);
  }

  @Test
  void startsByTheCacheThatTheCommandNeeds() throws Exception {
    Start version = checkout.run("--version");
    Start worker = checkout.run("worker", "--kafka", "broker:9092");
    Start chunks = checkout.run("chunks", "worker");

    assertThat(version.out()).doesNotContain("cache").contains("program of 1");
    assertThat(worker.out()).contains("cache kafka.aot\nprogram of 1\n");
    assertThat(chunks.out()).contains("cache brimful.aot\nprogram of 1\n");
  }

  @Test
  void startsByLinksFromElsewhere() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("my bin"));
    Files.createSymbolicLink(bin.resolve("first"), checkout.root().resolve("brimful"));
    Files.createSymbolicLink(bin.resolve("brimful"), Path.of("first"));

    Start start = checkout.run(bin.resolve("brimful"), List.of(), "models");

    assertThat(start.code()).isZero();
    assertThat(start.out()).contains("word <models>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "POSIX", "de_DE.ISO-8859-1", "xx_YY.UTF-8", "C.UTF-8"})
  void givesJavaALocaleOfUtf8WhateverItsOwn(String locale) throws Exception {
    checkout.without("LC_ALL").without("HOME");
    if (!locale.isEmpty()) {
      checkout.with("LC_ALL", locale);
    }

    Start start = checkout.run("größer 设备");

    assertThat(start.out()).contains("charmap UTF-8", "word <größer 设备>");
  }

  @Test
  void buildsAgainWhenASourceChangesComesOrGoes() throws Exception {
    checkout.run("--version");
    age();
    checkout.with("FAKE_VERSION", "2").write("packer/src/main/java/Some.java", "class Some { }");
    Start changed = checkout.run("--version");
    age();
    Files.delete(checkout.root().resolve("query/src/main/java/Other.java"));
    Start deleted = checkout.with("FAKE_VERSION", "3").run("--version");
    age();
    checkout.write("ingest/src/main/java/Old.java", "class Old {}");
    Files.setLastModifiedTime(
        checkout.root().resolve("ingest/src/main/java/Old.java"),
        FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    Start moved = checkout.with("FAKE_VERSION", "4").run("--version");

    assertThat(changed.out()).contains("program of 2");
    assertThat(deleted.out()).contains("program of 3");
    assertThat(moved.out()).contains("program of 4");
  }

  @Test
  void doesNotBuildAgainBecauseAFolderWasTouched() throws Exception {
    checkout.run("--version");
    Path swap = checkout.root().resolve("packer/src/main/java/.Some.java.swp");
    Files.createFile(swap);
    Files.delete(swap);

    Start start = checkout.run("--version");

    assertThat(start.err()).isEmpty();
    assertThat(checkout.builds()).isEqualTo(1);
  }

  @Test
  void keepsTheProgramThatWorksWhenABuildFailsAndTriesAgainWhenASourceChanges() throws Exception {
    checkout.run("--version");
    checkout.with("FAKE_VERSION", "2").with("FAKE_MAVEN", "fail");
    checkout.write("packer/src/main/java/Some.java", "class Some {");
    Start broken = checkout.run("ask");
    Start again = checkout.run("ask");
    checkout.with("FAKE_MAVEN", "").write("packer/src/main/java/Some.java", "class Some {}");
    Start mended = checkout.run("ask");

    assertThat(broken.code()).isZero();
    assertThat(broken.out()).contains("program of 1", "word <ask>");
    assertThat(broken.err())
        .contains("Broken.java: ';' expected")
        .containsOnlyOnce("brimful: the build failed")
        .contains("this is the program as it was before");
    assertThat(again.out()).contains("program of 1");
    assertThat(again.err().lines()).singleElement().asString().contains("could not be built");
    assertThat(mended.out()).contains("program of 2");
    assertThat(mended.err()).doesNotContain("failed");
    assertThat(checkout.builds()).isEqualTo(3);
  }

  @Test
  void aFirstBuildThatFailsEndsWith70AndNamesItsLog() throws Exception {
    Start start = checkout.with("FAKE_MAVEN", "fail").run("ask");

    assertThat(start.code()).isEqualTo(70);
    assertThat(start.out()).isEmpty();
    assertThat(start.err())
        .contains("Broken.java: ';' expected", "brimful: the build failed: the whole of it is in ");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void saysAtOnceThatMavenIsMissing() throws Exception {
    Files.delete(checkout.machine().resolve("bin/mvn"));

    Start start = checkout.run("ask");

    assertThat(start.code()).isEqualTo(69);
    assertThat(start.err().lines()).singleElement().asString().contains("no mvn on the PATH");
  }

  @Test
  void runsWhatIsBuiltWithoutMavenAndByAJavaThatCannotCompile() throws Exception {
    checkout.run("--version");
    Files.delete(checkout.machine().resolve("bin/mvn"));
    Path runtime = checkout.java("jre", "26");

    Start start = checkout.with("JAVA_HOME", runtime.toString()).run("ask");
    checkout.write("packer/src/main/java/Some.java", "class Some { }");
    Start changed = checkout.run("ask");

    assertThat(start.err()).isEmpty();
    assertThat(start.out()).contains("java " + runtime + "/bin/java", "word <ask>");
    assertThat(changed.out()).contains("program of 1");
    assertThat(changed.err().lines())
        .singleElement()
        .asString()
        .contains("the sources have changed", "no mvn on the PATH");
  }

  @Test
  void startsByTheJavaThatMadeTheCacheWhereNoOtherIsNamed() throws Exception {
    checkout.run("--version");

    Start none = checkout.without("JAVA_HOME").run("ask");
    Start old = checkout.with("JAVA_HOME", checkout.java("old", "17.0.1").toString()).run("ask");

    String made = "java " + checkout.machine().resolve("jdk/bin/java");
    assertThat(none.out()).contains(made);
    assertThat(old.out()).contains(made);
  }

  @Test
  void saysAtOnceThatACheckoutOfSomebodyElseCannotBeBuilt() throws Exception {
    List<String> nobody = asNobody();

    Start first = checkout.run(checkout.root().resolve("brimful"), nobody, "ask");
    checkout.run("--version");
    Start built = checkout.run(checkout.root().resolve("brimful"), nobody, "ask");
    age();
    checkout.write("packer/src/main/java/Some.java", "class Some { }");
    Start changed = checkout.run(checkout.root().resolve("brimful"), nobody, "ask");

    assertThat(first.code()).isEqualTo(69);
    assertThat(first.err().lines()).singleElement().asString().contains("cannot be written by");
    assertThat(built.err()).isEmpty();
    assertThat(built.out()).contains("program of 1");
    assertThat(changed.out()).contains("program of 1");
    assertThat(changed.err().lines())
        .singleElement()
        .asString()
        .contains("the sources have changed", "cannot be written by");
  }

  @Test
  void aStoppedBuildLeavesNoHalfStateAndTheNextOneIsWhole() throws Exception {
    checkout.run("--version");
    checkout.write("packer/src/main/java/Some.java", "class Some { }");
    checkout.with("FAKE_MAVEN", "hang").with("FAKE_VERSION", "2");
    Process process = checkout.start(checkout.root().resolve("brimful"), List.of(), "ask");
    ProcessHandle maven = hanging();

    // The process's own method would close what it prints to.
    process.toHandle().destroy();
    int code = process.waitFor();

    assertThat(code).isEqualTo(130);
    assertThat(maven.isAlive()).isFalse();
    assertThat(leftovers()).isEmpty();
    Files.createDirectories(checkout.root().resolve("packer/target/classes"));
    checkout.write("packer/target/classes/Half.class", "half");
    assertThat(checkout.with("FAKE_MAVEN", "").run("ask").out()).contains("program of 2");
    assertThat(checkout.root().resolve("packer/target/classes")).doesNotExist();
  }

  @Test
  void aBuildWhoseReaderIsGoneLeavesNoHalfStateEither() throws Exception {
    checkout.with("FAKE_MAVEN", "hang");
    Process process = checkout.start(checkout.root().resolve("brimful"), List.of(), "ask");
    ProcessHandle maven = hanging();

    process.destroy();
    process.waitFor();

    assertThat(maven.isAlive()).isFalse();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void takesTheLockOfADeadProcess() throws Exception {
    checkout.write("query/.building/pid", "999999999\n");

    Start start = checkout.run("ask");

    assertThat(start.out()).contains("word <ask>");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void waitsForABuildThatIsUnderWayAndSaysSo() throws Exception {
    long pid = ProcessHandle.current().pid();
    checkout.write("query/.building/pid", pid + "\n");
    Process process = checkout.start(checkout.root().resolve("brimful"), List.of(), "ask");

    String said = process.errorReader().readLine();
    Files.delete(checkout.root().resolve("query/.building/pid"));
    Files.delete(checkout.root().resolve("query/.building"));
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(said)
        .isEqualTo("brimful: waiting for another build of this checkout (process %s)", pid);
    assertThat(out).contains("word <ask>");
  }

  /// Makes everything that was written so far older than what is written next.
  private void age() throws IOException {
    FileTime old = FileTime.from(Instant.now().minusSeconds(60));
    try (Stream<Path> paths = Files.walk(checkout.root())) {
      for (Path path : paths.toList()) {
        Files.setLastModifiedTime(path, old);
      }
    }
  }

  private List<Path> leftovers() {
    return Stream.of("query/.building", "query/target/app.new", "query/target/app.old")
        .map(checkout.root()::resolve)
        .filter(Files::exists)
        .toList();
  }

  /// Waits for the Maven that hangs to say so.
  private ProcessHandle hanging() throws IOException {
    Path log = checkout.machine().resolve("log");
    while (true) {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      Optional<String> hangs = lines.stream().filter(line -> line.startsWith("hangs ")).findAny();
      if (hangs.isPresent()) {
        return ProcessHandle.of(Long.parseLong(hangs.get().substring(6))).orElseThrow();
      }
      Thread.onSpinWait();
    }
  }

  /// Returns how another user is made the one who starts; everybody may look into the checkout.
  private List<String> asNobody() throws IOException {
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name"))
            && Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "only root can be somebody else");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
  }
}
