package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.cli.option.Shortcut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShortcutTest {
  @TempDir private Path folder;

  private String place() throws IOException {
    Files.writeString(folder.resolve("note.md"), "# Note\n\nThe broker rebalances at noon.\n");
    return folder.toString();
  }

  @Test
  void aQuestionAloneIsAboutThisFolder() {
    assertThat(Shortcut.meant(List.of("how does it work?", "--budget", "8k")))
        .contains(List.of("ask", ".", "how does it work?", "--budget", "8k"));
    assertThat(Shortcut.meant(List.of("why?"))).contains(List.of("ask", ".", "why?"));
    assertThat(Shortcut.meant(List.of("--model", "gpt-5", "what is add?")))
        .contains(List.of("ask", "--model", "gpt-5", "what is add?"));
    assertThat(Shortcut.meant(List.of("--model", "gpt-5"))).isEmpty();
    assertThat(Shortcut.meant(List.of("puck"))).isEmpty();
    assertThat(Shortcut.meant(List.of("puck", "src"))).isEmpty();
  }

  @Test
  void aQuestionBehindAPlaceIsAboutIt() throws IOException {
    Shell.Result result =
        new Shell(folder.resolve("home")).run(place(), "when does the broker rebalance?");

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).contains("The broker rebalances at noon");
  }

  @Test
  void optionsMayStandInFrontOfTheQuestion() throws IOException {
    Shell.Result result =
        new Shell(folder.resolve("home"))
            .run("--budget", "2k", place(), "when does the broker rebalance?");

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).contains("The broker rebalances at noon");
    assertThat(result.err()).contains("of 2,000 tokens");
  }

  @Test
  void saysHowToQuoteAQuestion() throws IOException {
    String place = place();
    var shell = new Shell(folder.resolve("home"));

    Shell.Result alone = shell.run("how", "does", "it", "work?");
    Shell.Result behind = shell.run("ask", place, "how", "does", "it", "work?");

    assertThat(alone.code()).isEqualTo(ExitCode.USAGE);
    assertThat(alone.err()).endsWith("in quotes: brimful ask . \"how does it work?\"\n");
    assertThat(behind.code()).isEqualTo(ExitCode.USAGE);
    assertThat(behind.err())
        .endsWith("in quotes: brimful ask %s \"how does it work?\"\n".formatted(place));
  }

  @Test
  void helpIsInGroupsWithExamples() {
    String help = new Shell(folder).run("--help").out();

    assertThat(help)
        .contains("\nAsk and pack\n  ask ", "\nThis machine\n  doctor ", "brimful \"how does");
    assertThat(help.lines()).allMatch(line -> line.length() <= 120);
  }
}
