package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.cli.option.Terminal;
import brimful.cli.option.WatchedOutput;
import brimful.corpus.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExitCodeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "USAGE, 64", "INPUT, 65", "TOO_LARGE, 65", "MEDIA_TYPE, 65", "NOT_FOUND, 66",
    "UNAUTHENTICATED, 77", "FORBIDDEN, 77", "UNPAID, 79", "CONFLICT, 73", "UNANSWERABLE, 76",
    "RATE_LIMITED, 75", "BUSY, 75", "UNAVAILABLE, 69", "UPSTREAM, 69", "TIMEOUT, 69",
    "CUT_OFF, 80", "CONFIG, 78", "CANNOT_WRITE, 73", "IO, 74", "DISK_FULL, 74"
  })
  void everyKindHasItsCode(UserError.Kind kind, int code) {
    assertThat(ExitCode.of(kind).number()).isEqualTo(code);
  }

  @Test
  void helpListsTheCodesThatThereAreAndNoOther() {
    String help = new Shell(folder).run("--help").out();
    String list = help.substring(help.indexOf("\nExit codes\n") + "\nExit codes\n".length());

    assertThat(list.lines().map(line -> line.strip().replaceFirst("\\s+", " ")))
        .containsExactlyElementsOf(
            Arrays.stream(ExitCode.values())
                .map(code -> code.number() + " " + code.meaning())
                .toList());
    assertThat(
            Arrays.stream(ExitCode.values()).map(code -> code.number()).collect(Collectors.toSet()))
        .hasSize(ExitCode.values().length);
  }

  @Test
  void aReaderThatLeavesIsNoError() {
    assertThat(written("Broken pipe")).isEqualTo("141 ");
  }

  @Test
  void outputThatCannotBeWrittenIsSaid() {
    assertThat(written("Input/output error"))
        .startsWith("73 brimful: cannot write standard output, Input/output error");
    assertThat(written("No space left on device")).startsWith("74 brimful: cannot write");
  }

  /// Returns the code, and what is said, of a run whose output cannot be written.
  private static String written(String failure) {
    var out =
        new WatchedOutput(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException(failure);
              }
            });
    var err = new ByteArrayOutputStream();
    try (var outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
        var errStream = new PrintStream(err, false, StandardCharsets.UTF_8)) {
      var terminal =
          new Terminal(System.in, outStream, errStream, Map.of("BRIMFUL_HOME", "/nowhere"));
      ExitCode code = Main.run(java.util.List.of("--help"), terminal);
      return Main.written(code, out, terminal).number()
          + " "
          + err.toString(StandardCharsets.UTF_8);
    }
  }
}
