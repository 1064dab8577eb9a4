package brimful.http.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.edge.HttpJson;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a server that was killed leaves of an answer. A recorder that is never closed is what a
/// kill leaves of one.
final class KilledServerTest {
  private static final String OWNER = "anna";
  private static final Instant START = Instant.parse("2026-11-28T08:00:00Z");

  @TempDir private Path folder;

  private int servers;

  /// Starts the next server, a minute after the last.
  private ConversationStore server() {
    Instant now = START.plus(Duration.ofMinutes(servers++));
    return new ConversationStore(folder, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static JsonNode question(String id, String text) {
    return HttpJson.object()
        .put("collection", "docs")
        .put("question", text)
        .put("conversation", id);
  }

  private List<Path> parts() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".part")).toList();
    }
  }

  @Test
  void whatWasStreamedIsKeptAsInterrupted() throws IOException {
    ConversationStore killed = server();
    String id = killed.create(OWNER).id();
    TurnRecorder recorder = TurnRecorder.of(killed, OWNER, question(id, "When?"));
    for (String piece : List.of("At noon, ", "\uD83D", "\uDEA2", " or")) {
      recorder.text(piece);
    }

    ConversationStore next = server();
    ConversationTurn turn = next.own(OWNER, id).turns().getLast();

    assertThat(turn.state()).isEqualTo(ConversationTurn.State.STOPPED);
    assertThat(turn.answer()).isEqualTo("At noon, \uD83D\uDEA2 or");
    assertThat(turn.outcome().path("complete").asBoolean(true)).isFalse();
    assertThat(ConversationExport.markdown(next.own(OWNER, id)))
        .contains("At noon", "Not complete: the server ended while it answered");

    // The next question makes it a part of the conversation, and of every later reading.
    next.ask(OWNER, id, question(id, "And then?"), 0);
    assertThat(parts()).isEmpty();
    assertThat(server().own(OWNER, id).turns())
        .extracting(ConversationTurn::answer)
        .containsExactly("At noon, \uD83D\uDEA2 or", "");
  }

  @Test
  void aCharacterThatWasCutIsLeftOut() throws IOException {
    ConversationStore killed = server();
    String id = killed.create(OWNER).id();
    TurnRecorder.of(killed, OWNER, question(id, "When?")).text("At noon");
    Files.write(
        parts().getFirst(), new byte[] {(byte) 0xE2, (byte) 0x82}, StandardOpenOption.APPEND);

    assertThat(server().own(OWNER, id).turns().getLast().answer()).isEqualTo("At noon");
  }

  @Test
  void nothingIsLeftOfAnAnswerThatEnds() throws IOException {
    ConversationStore store = server();
    String id = store.create(OWNER).id();
    try (TurnRecorder recorder = TurnRecorder.of(store, OWNER, question(id, "When?"))) {
      recorder.text("At noon");
      assertThat(parts()).hasSize(1);
      Thread.currentThread().interrupt();
      recorder.text(", or");
    }

    assertThat(Thread.interrupted()).isTrue();
    assertThat(parts()).isEmpty();
    assertThat(server().own(OWNER, id).turns().getLast().answer()).isEqualTo("At noon, or");
  }

  @Test
  void anAnswerGoesOnWithoutItsFile() {
    ConversationStore store = server();
    String id = store.create(OWNER).id();
    try (TurnRecorder recorder = TurnRecorder.of(store, OWNER, question(id, "When?"))) {
      store.delete(OWNER, id);
      recorder.text("At noon");
      recorder.text(", or");
    }

    assertThat(store.list(OWNER, "")).isEmpty();
  }
}
