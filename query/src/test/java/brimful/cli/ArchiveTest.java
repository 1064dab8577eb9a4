package brimful.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What `./mvnw -Pdist package` puts together; `bench/check-archive` tries a whole archive.
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "archives are made and started by shell scripts")
final class ArchiveTest {
  private static final Path DIST = Path.of("../deploy/dist");

  @TempDir private Path folder;

  @Test
  void startsTheJavaAndTheProgramBesideItThroughALinkAndWithWordsAsTheyAre() throws Exception {
    Path archive = folder.resolve("an archive/brimful-1");
    copy(DIST.resolve("brimful"), archive.resolve("bin/brimful"));
    copy(Path.of("../.mvn/environment.sh"), archive.resolve("lib/environment.sh"));
    copy(Path.of("../.mvn/start.sh"), archive.resolve("lib/start.sh"));
    Files.writeString(archive.resolve("lib/brimful.aot"), "");
    program(
        archive.resolve("runtime/bin/java"),
        "#!/bin/sh\necho \"home $JAVA_HOME installed $BRIMFUL_INSTALLED\"\nfor word; do echo \"word <$word>\"; done\n");
    Path link = Files.createSymbolicLink(folder.resolve("b"), archive.resolve("bin/brimful"));

    String out = run(List.of(link.toString(), "status", "größer  *", ""));

    String root = archive.toRealPath().toString();
    assertThat(out)
        .contains("home %s/runtime installed %s".formatted(root, root))
        .contains("word <-XX:AOTCache=%s/lib/brimful.aot>".formatted(root))
        .contains("word <%s/lib/brimful.jar:%s/lib/dense.jar>".formatted(root, root))
        .endsWith("word <brimful.cli.Main>\nword <status>\nword <größer  *>\nword <>\n");
  }

  @Test
  void saysWhatToDoIfItsJavaCannotRun() throws Exception {
    Path archive = folder.resolve("brimful-1");
    copy(DIST.resolve("brimful"), archive.resolve("bin/brimful"));
    copy(Path.of("../.mvn/environment.sh"), archive.resolve("lib/environment.sh"));
    copy(Path.of("../.mvn/start.sh"), archive.resolve("lib/start.sh"));

    String out = run(List.of(archive.resolve("bin/brimful").toString(), "--version"));

    assertThat(out.lines()).singleElement().asString().contains("unpack the archive again");
  }

  @Test
  void slimsAJarToThisPlatformAndWhatRuns() throws Exception {
    Path whole = folder.resolve("whole.jar");
    Path slim = folder.resolve("slim.jar");
    Map<String, byte[]> files =
        Map.of(
            "brimful/corpus/Sha256.class", bytes("brimful/corpus/Sha256.class"),
            "org/commonmark/Some.txt", "text".getBytes(UTF_8),
            "org/jspecify/annotations/NullMarked.class",
                bytes("org/jspecify/annotations/NullMarked.class"),
            "org/apache/commons/cli/Options.class", bytes("org/apache/commons/cli/Options.class"),
            "linux/amd64/libzstd.so", new byte[] {1},
            "win/amd64/libzstd.dll", new byte[] {1},
            "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so", new byte[] {1},
            "org/xerial/snappy/native/Linux/s390x/libsnappyjava.so", new byte[] {1},
            "scala/reflect/internal/Trees.class", new byte[] {1});
    try (var jar = new JarOutputStream(Files.newOutputStream(whole))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        jar.putNextEntry(new JarEntry(file.getKey()));
        jar.write(file.getValue());
      }
    }

    String said =
        run(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                DIST.resolve("Slim.java").toString(),
                whole.toString(),
                slim.toString(),
                "linux-x64"));

    assertThat(said).isEmpty();
    try (var jar = new JarFile(slim.toFile())) {
      assertThat(jar.stream().map(JarEntry::getName))
          .containsExactlyInAnyOrder(
              "brimful/corpus/Sha256.class",
              "org/commonmark/Some.txt",
              "org/jspecify/annotations/NullMarked.class",
              "org/apache/commons/cli/Options.class",
              "linux/amd64/libzstd.so",
              "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so");
      assertThat(jar.getEntry("org/apache/commons/cli/Options.class").getSize())
          .isLessThan(bytes("org/apache/commons/cli/Options.class").length);
    }
    try (var loader = new URLClassLoader(new URL[] {slim.toUri().toURL()}, null)) {
      Class<?> sha = loader.loadClass("brimful.corpus.Sha256");
      assertThat(sha.getMethod("hex", String.class).invoke(null, "a"))
          .isEqualTo(brimful.corpus.Sha256.hex("a"));
      assertThat(loader.loadClass("org.apache.commons.cli.Options").getConstructor().newInstance())
          .hasToString("[ Options: [ short {} ] [ long {} ]");
    }
  }

  private static byte[] bytes(String resource) throws IOException {
    try (var in =
        Objects.requireNonNull(
            ArchiveTest.class.getResourceAsStream("/" + resource), "no class of that name")) {
      return in.readAllBytes();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String run(List<String> words) throws Exception {
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().remove("BRIMFUL_JAVA_OPTS");
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    return out;
  }
}
