package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What runs on GitHub: the workflows, the action and the updates, as far as that shows here.
final class WorkflowFilesTest {
  private static final Path ROOT = Path.of("..");
  private static final String ACTION = "action.yml";
  private static final Pattern PINNED =
      Pattern.compile("uses: [a-z-]+/[a-z-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");

  @TempDir Path folder;

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  private static JsonNode yaml(String file) throws IOException {
    return new YAMLMapper().readTree(read(file));
  }

  private static List<JsonNode> steps(JsonNode file) {
    var steps = new ArrayList<JsonNode>();
    file.path("jobs").forEach(job -> job.path("steps").forEach(steps::add));
    file.at("/runs/steps").forEach(steps::add);
    return steps;
  }

  @ParameterizedTest
  @ValueSource(strings = {".github/workflows/ci.yml", ".github/workflows/release.yml"})
  void workflowsMayReadOnlyAndPinWhatTheyUse(String file) throws IOException {
    JsonNode workflow = yaml(file);

    assertThat(workflow.at("/permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
    assertThat(workflow.path("jobs")).isNotEmpty();
    for (JsonNode job : workflow.path("jobs")) {
      assertThat(job.path("timeout-minutes").asInt()).isPositive();
      assertThat(job.path("steps")).isNotEmpty();
    }
    assertThat(read(file).lines().filter(line -> line.contains("uses:")))
        .isNotEmpty()
        .allMatch(line -> PINNED.matcher(line).find());
  }

  @ParameterizedTest
  @ValueSource(strings = {".github/workflows/ci.yml", ".github/workflows/release.yml", ACTION})
  void scriptsParseAndTakeNoTextFromOutside(String file) throws Exception {
    for (JsonNode step : steps(yaml(file))) {
      String script = step.path("run").asText();

      // What an expression inserts would be run: texts come as variables.
      assertThat(script).doesNotContain("${{");
      Path written = Files.writeString(folder.resolve("script"), script);
      Process bash = new ProcessBuilder("bash", "-n", written.toString()).inheritIO().start();
      assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(bash.exitValue()).as(script).isZero();
    }
  }

  @Test
  void theActionGivesOptionsThatThereAre() throws IOException {
    JsonNode action = yaml(ACTION);
    String script = action.at("/runs/steps/1/run").asText();
    Shell shell = new Shell(folder);
    String pack = shell.run("pack", "--help").out();
    String ask = shell.run("ask", "--help").out();

    List<String> options =
        Pattern.compile("--[a-z]+").matcher(script).results().map(MatchResult::group).toList();

    assertThat(options).contains("--output", "--budget", "--model");
    assertThat(options).allSatisfy(option -> assertThat(pack).contains(option + " "));
    assertThat(options)
        .filteredOn(option -> !option.equals("--output"))
        .allSatisfy(option -> assertThat(ask).contains(option + " "));
    assertThat(action.at("/runs/steps/1/env")).hasSize(action.path("inputs").size() - 1);
  }

  @Test
  void theActionPacksAndAsks() throws Exception {
    Path program = Files.createDirectories(folder.resolve("brimful/bin")).resolve("brimful");
    Files.writeString(program, "#!/bin/sh\nprintf '<%s>' \"$@\"\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();

    assertThat(ran("pack", "")).isEqualTo("<pack><.><--output><out><--budget><32k>");
    assertThat(ran("pack", "what's \"it\"?"))
        .isEqualTo("<pack><.><-q><what's \"it\"?><--output><out><--budget><32k>");
    assertThat(ran("ask", "what is it?")).isEqualTo("<ask><.><what is it?><--budget><32k>");
    assertThat(Files.readString(folder.resolve("out")))
        .isEqualTo("<ask><.><what is it?><--budget><32k>");
    assertThat(Files.readString(folder.resolve("outputs"))).endsWith("file=out\n");
  }

  /// Runs the action's last step with a program that prints what it is given.
  private String ran(String command, String question) throws Exception {
    String script = yaml(ACTION).at("/runs/steps/1/run").asText();
    var builder = new ProcessBuilder("bash", "-c", script).directory(folder.toFile());
    builder.environment().put("RUNNER_TEMP", folder.toString());
    builder.environment().put("GITHUB_OUTPUT", folder.resolve("outputs").toString());
    builder.environment().put("COMMAND", command);
    builder.environment().put("QUESTION", question);
    builder.environment().put("FOLDER", ".");
    builder.environment().put("BUDGET", "32k");
    builder.environment().put("MODEL", "");
    builder.environment().put("OUTPUT", "out");
    Process bash = builder.inheritIO().start();
    assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(bash.exitValue()).isZero();
    return Files.readString(folder.resolve("brimful.out"));
  }

  @Test
  void updatesCoverWhatIsPinned() throws IOException {
    var ecosystems = new ArrayList<String>();
    for (JsonNode update : yaml(".github/dependabot.yml").path("updates")) {
      assertThat(update.at("/schedule/interval").asText()).isEqualTo("weekly");
      ecosystems.add(update.path("package-ecosystem").asText());
    }

    assertThat(ecosystems).containsExactlyInAnyOrder("maven", "github-actions", "docker");
  }
}
