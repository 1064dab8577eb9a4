package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.ClusterProxy;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvalCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    for (int i = 0; i < 30; i++) {
      Files.writeString(
          corpus.resolve(String.format(Locale.ROOT, "note%02d.md", i)),
          "Nothing of note in %s.\n".formatted(i));
    }
    Files.writeString(corpus.resolve("zenith.md"), "The broker rebalances at noon.\n");
    Files.writeString(
        folder.resolve("q.jsonl"),
        "{\"query\":\"when does the broker rebalance?\",\"gold\":[\"zenith.md\"],\"answer\":\"noon\"}\n");
  }

  private Shell.Result eval(String... words) {
    String[] all = new String[words.length + 4];
    all[0] = "eval";
    all[1] = folder.resolve("q.jsonl").toString();
    all[2] = "--budgets";
    all[3] = "200,1k";
    System.arraycopy(words, 0, all, 4, words.length);
    return new Shell(folder.resolve("home")).run(all);
  }

  @Test
  void printsTablesAndComparesWithARunBefore() {
    String file = folder.resolve("plain.json").toString();

    Shell.Result order = eval("--method", "order", "--json", file);
    Shell.Result ours = eval("--baseline", file);

    assertThat(order.code()).isEqualTo(ExitCode.OK);
    assertThat(order.out()).contains("| answer | 0.000 |");
    assertThat(ours.out())
        .contains("| acc@1 | 1.000 |", "| window | 200 | 1k |", "| answer | 1.000 | 1.000 |")
        .contains("| answer@200 | +1.0000 |", "| rank-ms |");
  }

  @Test
  void printsALineForEachValueOfAField() throws IOException {
    Files.writeString(
        folder.resolve("q.jsonl"),
        """
        {"query":"when does the broker rebalance?","gold":["zenith.md"],"kind":"when"}
        {"query":"what is at noon?","gold":["zenith.md"],"kind":"what"}
        {"query":"what is nowhere?","gold":["note29.md"],"kind":"what"}
        """);

    assertThat(eval("--by", "kind").out())
        .contains("| kind | questions | acc@1 |", "| what | 2 | 0.500 |", "| when | 1 | 1.000 |");
    assertThat(eval("--by", "colour").err())
        .contains(
            "--by colour: question q1 has no such field with a single value, only [kind, query]");
  }

  @Test
  void measuresPlainBm25AndLeavesSignalsOut() {
    assertThat(eval("--method", "bm25").out()).contains("| acc@1 | 1.000 |");
    assertThat(eval("--without", "title,path-kinds").code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(eval("--method", "magic").err())
        .contains("--method magic: say one of brimful, bm25");
    assertThat(eval("--without", "luck").err()).contains("--without luck: say one of");
    assertThat(eval("--baseline", "nowhere.json").err()).contains("nowhere.json cannot be read");
    assertThat(new Shell(folder).run("eval").err()).contains("0 question files: name one");
  }

  @Test
  void explainsWhyChunksAreInOrOut() {
    Shell.Result result =
        new Shell(folder.resolve("home"))
            .run(
                "explain",
                folder.resolve("corpus").toString(),
                "when does the broker rebalance?",
                "--first",
                "3");

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .startsWith("  1  in ")
        .contains("zenith.md:1-1", "whole 1.00, best chunk 1.00");
  }

  /// Two commits are asked of one collection, which holds what the one that is asked has.
  @Test
  void asksACopyThatFollowsTheCommitsOfARepository() throws Exception {
    Path work = folder.resolve("corpus/notes");
    try (Git git = Git.init().setDirectory(work.toFile()).call()) {
      Files.writeString(work.resolve("early.md"), "The broker rebalances at dawn.\n");
      Files.writeString(work.resolve("kept.md"), "Kept through all commits.\n");
      String first = commit(git);
      Files.delete(work.resolve("early.md"));
      Files.writeString(work.resolve("late.md"), "The broker rebalances at dusk.\n");
      String second = commit(git);
      Files.writeString(
          folder.resolve("q.jsonl"),
          """
          {"id":"a","query":"when does the broker rebalance?","gold":["early.md"],"corpus":"notes@%1$s"}
          {"id":"b","query":"when does the broker rebalance?","gold":["late.md"],"corpus":"notes@%2$s"}
          {"id":"c","query":"what is kept through all?","gold":["kept.md"],"corpus":"notes@%2$s"}
          """
              .formatted(first, second));
    }
    try (var proxy = new ClusterProxy()) {
      JsonNode plain = measures();
      JsonNode copied = measures("--index", proxy.option());

      for (String id : List.of("a", "b", "c")) {
        for (String measure : List.of("acc@1", "mrr", "file@200", "tokens@200")) {
          assertThat(copied.path(id).required(measure))
              .as("%s of %s", measure, id)
              .isEqualTo(plain.path(id).required(measure));
        }
      }
      assertThat(copied.at("/b/acc@1").asDouble()).isEqualTo(1);
      assertThat(copied.at("/c/acc@1").asDouble()).isEqualTo(1);
    }
  }

  private JsonNode measures(String... words) throws IOException {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--json";
    all[words.length + 1] = "-";
    Shell.Result result = eval(all);
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    return new ObjectMapper().readTree(result.out()).required("questions");
  }

  private static String commit(Git git) throws Exception {
    git.add().addFilepattern(".").call();
    git.add().addFilepattern(".").setUpdate(true).call();
    return git.commit()
        .setMessage("Note")
        .setAuthor("Ada", "a@example.org")
        .setSign(false)
        .call()
        .name();
  }

  @Test
  void reportsTheFirstFailureInACluster() throws IOException {
    try (var proxy = new ClusterProxy()) {
      proxy.refuse(line -> line.contains("_msearch") || line.contains("_delete_by_query"));

      Shell.Result result = eval("--index", proxy.option());

      assertThat(result.code()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(result.err())
          .contains("(status 400, refused: POST /_msearch")
          .doesNotContain("_delete_by");
    }
  }
}
