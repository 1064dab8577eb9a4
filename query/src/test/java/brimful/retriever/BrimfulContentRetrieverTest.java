package brimful.retriever;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrimfulContentRetrieverTest {
  @TempDir private Path folder;

  interface Assistant {
    TokenStream ask(String question);
  }

  private void otters() throws IOException {
    Files.writeString(folder.resolve("otters.md"), "# Otters\n\nThey swim in rivers.\n");
    Files.writeString(folder.resolve("owls.md"), "# Owls\n\nThey fly at night.\n");
  }

  @Test
  void contentsAreSpansWithTheirPlaces() throws IOException {
    otters();
    try (var retriever = BrimfulContentRetriever.open(folder, "deepseek-v3", 2_000)) {
      List<Content> contents = retriever.retrieve(Query.from("where do otters swim?"));

      assertThat(contents)
          .anySatisfy(content -> {
            assertThat(content.textSegment().text()).contains("They swim in rivers.");
            assertThat(content.textSegment().metadata().getString("document"))
                .isEqualTo("otters.md");
            assertThat(content.textSegment().metadata().getString("place")).isNotBlank();
          });
      assertThat(contents)
          .extracting(content -> content.textSegment().metadata().getInteger("tokens"))
          .allSatisfy(tokens -> assertThat(tokens).isPositive());
    }
  }

  @Test
  void aChainOfLangChain4jAsksWithThem() throws Exception {
    otters();
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("In rivers."));
        var retriever = BrimfulContentRetriever.open(folder, "deepseek-v3", 2_000)) {
      Assistant assistant =
          AiServices.builder(Assistant.class)
              .streamingChatModel(
                  OpenAiStreamingChatModel.builder()
                      .baseUrl(model.baseUrl())
                      .apiKey("none")
                      .modelName("deepseek-flash")
                      .build())
              .contentRetriever(retriever)
              .build();
      var done = new CompletableFuture<String>();

      assistant
          .ask("where do otters swim?")
          .onPartialResponse(_ -> {})
          .onCompleteResponse(response -> done.complete(response.aiMessage().text()))
          .onError(done::completeExceptionally)
          .start();

      assertThat(done.get()).isEqualTo("In rivers.");
      assertThat(model.requests().getFirst().body()).contains("They swim in rivers.");
    }
  }

  @Test
  void aFolderWithoutTextIsRefused() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> BrimfulContentRetriever.open(folder, "deepseek-v3", 2_000))
        .withMessageContaining("no text in");
  }
}
