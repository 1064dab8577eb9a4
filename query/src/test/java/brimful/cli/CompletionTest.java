package brimful.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Completion in the shells themselves.
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no such shells")
final class CompletionTest {
  /// Completes the last word of a command line in bash, which asks a function.
  private static final String BASH =
      """
      source "$1"
      shift
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
      _brimful 2>/dev/null
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  /// Types a command line and Tab into an interactive zsh, and prints what its screen shows.
  private static final String ZSH =
      """
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell "PROMPT=; unsetopt beep; autoload -Uz compinit; compinit -u -d $2; source $1; LISTMAX=1000; stty cols 200; print READY"
      zpty -r -m shell line '*READY*READY*'
      zpty -w -n shell "$3"$'\\t'
      sleep 1
      zpty -w -n shell $'\\C-ax\\C-e'$'\\nprint -n DO; print NE\\n'
      zpty -r -m shell screen '*DONE*'
      print -r -- $screen
      zpty -d shell
      """;

  @TempDir private Path folder;

  private Path script(String shell) throws IOException {
    Shell.Result result = new Shell(folder.resolve("home")).run("completion", shell);

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    return Files.writeString(folder.resolve("_brimful." + shell), result.out());
  }

  private List<String> inBash(String... words) throws Exception {
    var all = new java.util.ArrayList<>(List.of("bash", "--norc", "-c", BASH, "bash"));
    all.add(script("bash").toString());
    all.addAll(List.of(words));
    return run(all).lines().toList();
  }

  @Test
  void bashCompletesCommandsVerbsOptionsAndValues() throws Exception {
    assertThat(inBash("brimful", "pa")).containsExactly("pack");
    assertThat(inBash("brimful", "config", "")).contains("list", "get", "set", "unset", "path");
    assertThat(inBash("brimful", "pack", ".", "--rec")).contains("--receipt", "--recordings");
    assertThat(inBash("brimful", "pack", ".", "--format", ""))
        .containsExactly("xml", "markdown", "json");
    assertThat(inBash("brimful", "ask", ".", "--ocr", "f")).containsExactly("force");
    assertThat(inBash("brimful", "ask", "-m", "deepseek-f")).contains("deepseek-flash");
    assertThat(inBash("brimful", "report", "--format", "c")).containsExactly("csv");
    // Files are the shell's own completion.
    assertThat(inBash("brimful", "pack", "src")).containsExactly("");
  }

  @Test
  void fishCompletesCommandsOptionsAndValues() throws Exception {
    requireShell("fish");
    String file = script("fish").toString();

    String commands = fish(file, "brimful pa");
    String options = fish(file, "brimful pack . --rec");
    String values = fish(file, "brimful pack . --format ");

    assertThat(commands).startsWith("pack\twrites the window");
    assertThat(options).contains("--receipt\t", "--recordings\t");
    assertThat(values.lines()).containsExactlyInAnyOrder(lines("xml", "markdown", "json", file));
  }

  private static String[] lines(String first, String second, String third, String description) {
    assertThat(description).isNotEmpty();
    String all = "\txml (default), markdown or json (xml has XML-like tags around text as it is)";
    return new String[] {first + all, second + all, third + all};
  }

  private String fish(String file, String line) throws Exception {
    return run(
        List.of("fish", "--no-config", "-c", "source %s; complete -C '%s'".formatted(file, line)));
  }

  @Test
  void zshCompletesCommandsOptionsAndValues() throws Exception {
    requireShell("zsh");

    assertThat(inZsh("brimful compl")).contains("brimful completion");
    assertThat(inZsh("brimful pack . --rece")).contains("--receipt");
    assertThat(inZsh("brimful pack . --format m")).contains("--format markdown");
    assertThat(inZsh("brimful pack . --rec")).contains("writes the receipt as JSON");
  }

  private String inZsh(String line) throws Exception {
    Path cache = folder.resolve("zcompdump");
    return run(
        List.of("zsh", "-f", "-c", ZSH, "zsh", script("zsh").toString(), cache.toString(), line));
  }

  @Test
  void theManualPageHoldsEveryCommandAndNoRequestByAccident() {
    Shell.Result result = new Shell(folder).run("completion", "man");

    assertThat(result.out())
        .startsWith(".TH BRIMFUL 1")
        .contains(".SH \"BRIMFUL PACK\"", "\\-\\-receipt FILE");
    assertThat(result.out().lines().filter(line -> line.startsWith(".")))
        .allMatch(line -> line.matches("\\.(TH|SH|nf|fi)\\b.*"));
  }

  @Test
  void namesTheShellsThatItKnows() {
    Shell.Result result = new Shell(folder).run("completion", "tcsh");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .isEqualTo("brimful: brimful completion tcsh: say bash, zsh, fish or man\n");
  }

  private static void requireShell(String shell) throws Exception {
    boolean there;
    try {
      there = !run(List.of(shell, "--version")).isEmpty();
    } catch (IOException e) {
      there = false;
    }
    if (!there) {
      System.out.println("NO SHELL " + shell + ": its completion is not tested");
    }
    Assumptions.assumeTrue(there, "NO SHELL " + shell);
  }

  private static String run(List<String> words) throws Exception {
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TERM", "dumb");
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    return out;
  }
}
