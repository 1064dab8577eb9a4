package brimful.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.service.Spender;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FakeReader;
import brimful.testing.FreeSpender;
import brimful.testing.Script;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tool `ask`, where all of a collection is read.
final class EverythingReadTest {
  private static final int DOCUMENTS = 4;
  private static final String QUESTION = "List all codes of stations.";

  @TempDir Path folder;

  private final FakeReader reader = new FakeReader(true, Duration.ZERO);
  private final AtomicBoolean wrong = new AtomicBoolean();
  private final FakeDeepSeek model = FakeDeepSeek.start(0, Duration.ZERO, this::reply);
  private McpFixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new McpFixture(folder);
    Path notes = Files.createDirectories(folder.resolve("notes"));
    for (int i = 0; i < DOCUMENTS; i++) {
      String line = "Note of year %s tells of rain, wind and a quiet harbour.\n".formatted(i);
      String fact = "The code of station Alpha%s is %s.\n".formatted(i, 1000 + i);
      Files.writeString(
          notes.resolve("notes-%s.md".formatted(i)), line.repeat(260) + (i < 3 ? fact : ""));
    }
    fixture.add("notes", notes);
  }

  /// Answers in a wrong form at the end, if it is told so.
  private Script reply(FakeDeepSeek.Request request) {
    int asked = reader.log("answer").size();
    Script reply = reader.apply(request);
    return wrong.get() && reader.log("answer").size() > asked ? Script.answer("nothing") : reply;
  }

  @AfterEach
  void close() {
    fixture.close();
    model.close();
  }

  private static Map<String, Object> arguments(Object limit) {
    return Map.of(
        "collection",
        "notes",
        "question",
        QUESTION,
        "budget",
        13_000,
        "exhaustive",
        true,
        "max_cost_usd",
        limit);
  }

  @Test
  void readsAllOfItAndTellsHowFarItIs() {
    try (var talk = fixture.talk(model)) {
      McpSchema.CallToolResult result =
          talk.client()
              .callTool(
                  McpSchema.CallToolRequest.builder("ask")
                      .arguments(arguments(2))
                      .meta(Map.of("progressToken", "mine"))
                      .build());

      assertThat(McpFixture.text(result))
          .contains("Alpha0 has 1000 [notes/notes-0.md:", "Alpha2 has 1002")
          .contains("3 of 3 citations verified", "[ok] notes/notes-1.md:")
          .contains("read 3 of 4 windows, 1 skipped without a word of the question")
          .contains("3 quotes verified, 3 dropped");
      assertThat(result.meta().toString()).contains("findings=", "windows_skipped=");
      var told = new ArrayList<McpSchema.ProgressNotification>();
      talk.told().drainTo(told);
      assertThat(told)
          .extracting(McpSchema.ProgressNotification::message)
          .contains("3 of 3 windows read");
      assertThat(told.stream().map(McpSchema.ProgressNotification::progress).toList()).isSorted();
      assertThat(told).allMatch(one -> one.progressToken().equals("mine"));
    }
  }

  @Test
  void aFailedLastCallKeepsTheFindingsAndIsAskedAgainOnRequest() {
    var again = new HashMap<>(arguments(2));
    again.put("retry_failed", true);
    try (var talk = fixture.talk(model)) {
      wrong.set(true);
      String failed = talk.text("ask", arguments(2));
      wrong.set(false);
      String kept = talk.text("ask", arguments(2));
      String asked = talk.text("ask", again);

      assertThat(failed)
          .contains("what was found made no answer: ", "; retry_failed asks for it again")
          .contains("- Alpha0 has 1000 [", "- Alpha2 has 1002 [")
          .contains("read 3 of 4 windows");
      assertThat(kept).contains("; retry_failed asks for it again");
      assertThat(asked).contains("Alpha0 has 1000 [notes/notes-0.md:").doesNotContain("no answer");
    }
  }

  @Test
  void belowTheEstimateItSendsNothingAndSaysTheEstimate() {
    try (var talk = fixture.talk(model)) {
      String refusal = talk.refusal("ask", arguments(0.0001));

      assertThat(refusal)
          .contains("nothing was sent: reading 3 windows costs about $")
          .contains("ask the person for that much");
      assertThat(reader.log()).isEmpty();
    }
  }

  @Test
  void anAnswerFromAPartLeavesAHintAndStartsNothing() {
    var plain = new HashMap<>(arguments(1));
    plain.keySet().removeAll(List.of("exhaustive", "max_cost_usd"));
    try (var talk = fixture.talk(model)) {
      assertThat(talk.text("ask", plain))
          .contains("the question wants everything, and the model read")
          .contains("exhaustive reads all of it, within max_cost_usd");
      plain.put("question", "What is the code of station Alpha0?");
      assertThat(talk.text("ask", plain)).doesNotContain("wants everything");
      assertThat(reader.log("findings")).isEmpty();
    }
  }

  /// A key that may ask, and nothing else.
  private static final class Asks extends FreeSpender implements Predicate<String> {
    @Override
    public boolean test(String collection) {
      return true;
    }

    @Override
    public boolean mayOrderMany() {
      return false;
    }
  }

  @Test
  void whoMayOrderNoBatchMayNotReadEverything() {
    Spender asks = new Asks();
    try (var talk = fixture.talk(model, (Predicate<String>) asks)) {
      assertThat(talk.refusal("ask", arguments(2))).contains("may ask, but not read everything");
      assertThat(reader.log()).isEmpty();
    }
  }
}
