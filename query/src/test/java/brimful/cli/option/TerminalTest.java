package brimful.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TerminalTest {
  @TempDir private Path folder;

  @Test
  void writesPartsOfAnyLengthAndCutsNoCharacterInTwo() throws Exception {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Map<String, String> environment = Map.of("BRIMFUL_HOME", folder.toString());
    var terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, environment);
    Path file = folder.resolve("window.xml");
    List<String> parts = List.of("one\n", "", "x" + "\uD83D\uDE00".repeat(300_000), "é");

    terminal.write(file.toString(), parts);

    assertThat(Files.readString(file)).isEqualTo(String.join("", parts));
  }
}
