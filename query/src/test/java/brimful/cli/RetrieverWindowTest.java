package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.retriever.BrimfulContentRetriever;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The retriever asks no model, but it keeps what concerns it of the contract of the doors: the
/// same question gets the same evidence, in the same order.
final class RetrieverWindowTest {
  @TempDir Path folder;

  @Test
  void handsOverTheEvidenceThatADoorSends() throws IOException {
    Path notes = Files.createDirectories(folder.resolve("notes"));
    Files.writeString(notes.resolve("broker.md"), "# Broker\n\nThe broker rebalances at noon.\n");
    Files.writeString(notes.resolve("otters.md"), "# Otters\n\nThey swim in rivers.\n");

    List<TextSegment> retrieved;
    try (var retriever = BrimfulContentRetriever.open(notes, "deepseek-v3", 4_000)) {
      retrieved =
          retriever.retrieve(Query.from(AskDoorContract.QUESTION)).stream()
              .map(Content::textSegment)
              .toList();
    }
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("At noon [broker.md:3]."))) {
      Shell.Result asked =
          new Shell(folder.resolve("home"))
              .with("BRIMFUL_MODEL", "deepseek-flash")
              .with("BRIMFUL_BASE_URL", model.baseUrl())
              .with("DEEPSEEK_API_KEY", "sk-0123456789abcdef0123456789abcdef")
              .run("ask", notes.toString(), AskDoorContract.QUESTION, "--budget", "4000");

      assertThat(asked.code()).as(asked.err()).isEqualTo(ExitCode.OK);
      assertThat(retrieved)
          .extracting(segment -> segment.metadata().getString("document"))
          .containsExactly("broker.md", "otters.md");
      assertThat(AskDoorContract.prompt(model.requests().getFirst()))
          .containsSubsequence(retrieved.stream().map(TextSegment::text).toList());
    }
  }
}
