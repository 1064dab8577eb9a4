package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void writeCorpus() throws IOException {
    Path sources = Files.createDirectories(folder.resolve("corpus/src"));
    for (int i = 0; i < 20; i++) {
      var text = new StringBuilder("class Part%s {\n".formatted(i));
      for (int line = 0; line < 40; line++) {
        text.append("  int value%s_%s() { return %s; }\n".formatted(i, line, line * i));
      }
      Files.writeString(sources.resolve("Part%s.java".formatted(i)), text + "}\n");
    }
    Files.writeString(folder.resolve("corpus/README.md"), "# Values\n\nEach part has values.\n");
  }

  private Shell.Result replay(String questions, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("questions"), questions);
    String[] words = new String[3 + more.length];
    words[0] = "replay";
    words[1] = file.toString();
    words[2] = folder.resolve("corpus").toString();
    System.arraycopy(more, 0, words, 3, more.length);
    return new Shell(folder.resolve("home")).run(words);
  }

  @Test
  void showsEveryLayoutUnderEveryRule() throws IOException {
    Shell.Result result =
        replay(
            "value3_7 of Part3?\n\n{\"query\": \"where is value5_1\"}\nwhat has Part9?\n",
            "--budget",
            "8k");

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .startsWith("3 questions, prompts of up to 8,000 tokens by deepseek-v3")
        .contains("| deepseek-flash | whole units | relevance | 0 |")
        .contains("| deepseek-flash | whole units | prefix, evidence | ")
        .contains("| gpt-5 | prefix from 1,024 by 128 | canonical | 0 |")
        .contains("| claude-opus-5-5 | marked, from 4,096 |")
        .contains("| gemini-2.5-pro | prefix from 2,048 by 1 |");
  }

  @Test
  void aCorpusThatFitsIsFoundWhole() throws IOException {
    Shell.Result result =
        replay("value3_7?\nvalue4_1?\nPart9?\n", "--budget", "128k", "--model", "gpt-5");

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).containsPattern("prefix, evidence \\|.*\\| 65\\.\\d % \\|");
  }

  @Test
  void refusesWhatHasNoQuestions() throws IOException {
    assertThat(replay("\n").code()).isEqualTo(ExitCode.NO_DATA);
    assertThat(replay("{\"id\": 1}\n").code()).isEqualTo(ExitCode.NO_DATA);
    assertThat(replay("{broken\n").code()).isEqualTo(ExitCode.NO_DATA);
  }
}
