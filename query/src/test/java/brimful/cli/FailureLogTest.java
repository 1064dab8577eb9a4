package brimful.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the log says of a document that cannot be read: parsers run in processes of their own.
final class FailureLogTest {
  private static final String WHERE = "brimful.extract.Failures";

  @TempDir private Path folder;

  /// Reports on a damaged document, and returns what was written to standard error.
  private String errors(String level) throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(folder.resolve("corpus-" + level));
    Files.writeString(corpus.resolve("a.pdf"), "%PDF-1.4\nnothing but this\n");
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "brimful.cli.Main",
                "report",
                corpus.toString()));
    var builder = new ProcessBuilder(command);
    builder.environment().put("BRIMFUL_HOME", folder.resolve("home").toString());
    builder.environment().put("BRIMFUL_LOG_LEVEL", level);
    Path err = folder.resolve("err-" + level);
    Path out = folder.resolve("out-" + level);
    Process process = builder.redirectError(err.toFile()).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(out, UTF_8)).contains("failed ").doesNotContain("Exception");
    return Files.readString(err, UTF_8);
  }

  @Test
  void theClassAndThePlaceAreInTheLogAtDebugLevelOnce() throws Exception {
    assertThat(errors("debug"))
        .containsOnlyOnce(WHERE + " - cannot read document cause=")
        .containsPattern("\\w+Exception(: .*)?\\R\\s+at ");
    assertThat(errors("info")).doesNotContain(WHERE, "Exception");
  }
}
