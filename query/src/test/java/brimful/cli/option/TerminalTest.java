package brimful.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

  @Test
  void aTextThatCannotBeWrittenLeavesTheFileAsItWas() throws Exception {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Map<String, String> environment = Map.of("BRIMFUL_HOME", folder.resolve("home").toString());
    var terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, environment);
    Path file = Files.writeString(folder.resolve("window.xml"), "old");
    List<String> broken =
        new AbstractList<>() {
          @Override
          public String get(int index) {
            if (index == 0) {
              return "a part ".repeat(1 << 18);
            }
            throw new IllegalStateException("stopped");
          }

          @Override
          public int size() {
            return 2;
          }
        };

    assertThatThrownBy(() -> terminal.write(file.toString(), broken)).hasMessage("stopped");

    assertThat(file).hasContent("old");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }
}
