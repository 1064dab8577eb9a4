package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.collection.SourceReader;
import brimful.collection.library.AllowedLocations;
import brimful.collection.library.CollectionService;
import brimful.collection.library.Job;
import brimful.collection.library.OpenCollection;
import brimful.corpus.Chunk;
import brimful.corpus.Markup;
import brimful.retriever.BrimfulContentRetriever;
import brimful.source.Rules;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.rag.query.Query;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// After one question about a folder, nobody reads its files again: not another door, not another
/// model.
///
/// The files are changed behind the back of everybody who trusts their size and time, so that
/// whoever reads one says something else.
final class WarmStartTest {
  private static final String BEFORE = "The broker rebalances at noon.";
  private static final String BEHIND = "The broker rebalances at dawn.";
  private static final FileTime SETTLED = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
  private static final String SESSION =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search",\
      "arguments":{"question":"when does the broker rebalance?"}}}
      """;

  @TempDir private Path folder;
  private Path home;
  private Path notes;

  @BeforeEach
  void askOnce() throws IOException {
    // LangChain4j's retriever knows no other home than that of its process.
    home = Path.of(System.getenv().getOrDefault("BRIMFUL_HOME", folder.resolve("home").toString()));
    notes = Files.createDirectories(folder.resolve("notes"));
    write("broker.md", "# Broker\n\n" + BEFORE + "\n");
    write("worker.md", "# Worker\n\n" + BEFORE + "\n\nIt rests.\n");
    Shell.Result asked = shell().run("ask", notes.toString(), "when does the broker rebalance?");
    assertThat(asked.code()).as(asked.err()).isEqualTo(ExitCode.OK);
    for (String name : List.of("broker.md", "worker.md")) {
      write(name, Files.readString(notes.resolve(name)).replace(BEFORE, BEHIND));
    }
  }

  /// All doors see the same programs, such as Tesseract, which decide what is read.
  private Shell shell() {
    return new Shell(home).with("PATH", path());
  }

  private static String path() {
    return System.getenv().getOrDefault("PATH", "");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(notes.resolve(name), text);
    Files.setLastModifiedTime(notes.resolve(name), SETTLED);
  }

  @Test
  void mcpReadsNothing() {
    Shell.Result mcp = shell().fed(SESSION, "mcp", notes.toString());

    assertThat(mcp.err()).isEqualTo("notes: 0 files read, 0 failed, 0 removed\n");
    assertThat(mcp.out()).contains(BEFORE).doesNotContain(BEHIND);
  }

  @Test
  void theRetrieverReadsNothing() {
    try (var retriever = BrimfulContentRetriever.open(notes, "deepseek-v3", 2_000)) {
      assertThat(retriever.retrieve(Query.from("when does the broker rebalance?")))
          .extracting(content -> content.textSegment().text())
          .anyMatch(text -> text.contains(BEFORE))
          .noneMatch(text -> text.contains(BEHIND));
    }
  }

  private CollectionService serve(String tokenizer) {
    SourceReader reader =
        SourceReader.of(
            Map.of("BRIMFUL_HOME", home.toString(), "PATH", path()), Rules.standard(), Set.of());
    return CollectionService.local(
        folder.resolve("served"),
        new AllowedLocations(reader, List.of(notes)),
        Tokenizers.named(tokenizer));
  }

  private static List<Chunk> chunks(CollectionService collections, String tokenizer) {
    try (OpenCollection open = collections.open("notes", tokenizer)) {
      return open.snapshot().outlines().stream()
          .flatMap(outline -> open.snapshot().read(outline.chunks()).stream())
          .toList();
    }
  }

  private static void assertCounted(List<Chunk> chunks, String tokenizer) {
    TokenCounter counter = Tokenizers.named(tokenizer);
    assertThat(chunks)
        .isNotEmpty()
        .allSatisfy(chunk -> {
          assertThat(chunk.text()).doesNotContain(BEHIND);
          assertThat(chunk.tokens())
              .isEqualTo(counter.count(new Markup(counter.specials()).segment(chunk)));
        });
  }

  private Job added(CollectionService collections) {
    collections.create("notes");
    Job _ = collections.add("notes", notes.toString());
    return collections.refresh("notes", Duration.ofSeconds(60));
  }

  @Test
  void aServersJobReadsNothing() {
    try (CollectionService collections = serve("deepseek-v3")) {
      Job job = added(collections);

      assertThat(job.state()).as(job.error()).isEqualTo(Job.State.DONE);
      assertThat(job.counts().files()).isZero();
      assertThat(job.counts().read()).isZero();
      List<Chunk> chunks = chunks(collections, "deepseek-v3");
      assertThat(chunks).extracting(chunk -> chunk.document().value()).contains("notes/broker.md");
      assertCounted(chunks, "deepseek-v3");
    }
  }

  @Test
  void aServerOfAnotherModelCountsWhatItHas() {
    try (CollectionService collections = serve("deepseek-v3")) {
      added(collections);
      assertCounted(chunks(collections, "cl100k_base"), "cl100k_base");
    }
    try (CollectionService collections = serve("o200k_base")) {
      assertThat(collections.collections().getFirst().sources()).hasSize(1);
      assertCounted(chunks(collections, "o200k_base"), "o200k_base");
      assertCounted(chunks(collections, "deepseek-v3"), "deepseek-v3");
      assertThat(collections.jobs()).extracting(Job::kind).containsOnly(Job.Kind.COUNT);
    }
  }

  @Test
  void aServersCollectionFollowsItsSourceByEveryTokenizer() throws IOException {
    try (CollectionService collections = serve("deepseek-v3")) {
      added(collections);
      int before = chunks(collections, "o200k_base").size();
      write("news.md", "# News\n\nA third file.\n");

      Job _ = collections.sync("notes", "notes", false);
      Job job = collections.refresh("notes", Duration.ofSeconds(60));

      assertThat(job.counts().read()).isEqualTo(1);
      assertThat(chunks(collections, "o200k_base")).hasSize(before + 1);
      assertCounted(chunks(collections, "o200k_base"), "o200k_base");
    }
  }

  @Test
  void anotherModelReadsNothingAndCountsExactly() throws IOException {
    Path window = folder.resolve("window.xml");
    Path receipt = folder.resolve("receipt.json");

    Shell.Result packed =
        shell()
            .run(
                "pack",
                notes.toString(),
                "-m",
                "gpt-5.5",
                "-q",
                "when does the broker rebalance?",
                "-o",
                window.toString(),
                "--receipt",
                receipt.toString());

    assertThat(packed.code()).as(packed.err()).isEqualTo(ExitCode.OK);
    assertThat(packed.err()).contains("counting 2 chunks with o200k_base, without reading files");
    String prompt = Files.readString(window, StandardCharsets.UTF_8);
    assertThat(prompt).contains(BEFORE).doesNotContain(BEHIND);
    JsonNode json = new ObjectMapper().readTree(receipt.toFile());
    assertThat(json.path("exact").asBoolean()).isTrue();
    assertThat(json.path("prompt_tokens").asInt())
        .isEqualTo(Tokenizers.named("o200k_base").count(prompt));
  }

  @Test
  void aFileThatChangedIsReadForOneTokenizerOnly() throws IOException {
    var shell = shell();
    String[] other = {
      "pack", notes.toString(), "-m", "gpt-5.5", "-o", folder.resolve("w").toString()
    };
    shell.run(other);
    write("news.md", "# News\n\nThey were good.\n");
    shell.run("pack", notes.toString(), "-o", folder.resolve("v").toString());
    write("news.md", "# News\n\nThey were evil.\n");

    Shell.Result again = shell.run(other);

    assertThat(again.code()).as(again.err()).isEqualTo(ExitCode.OK);
    assertThat(Files.readString(folder.resolve("w"))).contains("good").doesNotContain("evil");
  }

  @Test
  void cacheListNamesEachIndexWithItsTokenizer() throws IOException {
    var shell = shell();
    shell.run("pack", notes.toString(), "-m", "gpt-5.5", "-o", folder.resolve("w").toString());
    Path old =
        Files.createDirectories(home.resolve("readers").resolve("old-" + folder.getFileName()));

    Shell.Result list = shell.run("cache", "list");

    assertThat(list.out().lines())
        .anyMatch(line -> line.endsWith(notes + " (deepseek-v3)"))
        .anyMatch(line -> line.endsWith(notes + " (o200k_base)"))
        .anyMatch(line -> line.contains("reader") && line.endsWith("[made by an older version]"));
    try (Stream<Path> inside = Files.list(old)) {
      assertThat(inside).isEmpty();
    }
    Files.delete(old);
  }
}
