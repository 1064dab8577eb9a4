package brimful.extract.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.FuzzContract;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Any bytes are an export or none, whatever they are taken for, and none can be read again.
final class ChatFuzzTest extends FuzzContract {
  @Override
  protected void check(byte[] bytes) throws Exception {
    for (ChatFormat format : ChatFormat.values()) {
      var chats = new ArrayList<Chat>();
      var in = new RecordedStream(new ByteArrayInputStream(bytes));

      var slack = new SlackWorkspace(Map.of("U1", "Mia"), "Mia, Bob");
      ChatResult result = ChatFile.read(format, bytes, in, () -> slack, chats::add);

      switch (result) {
        case ChatResult.NoChat() -> {
          assertThat(chats).isEmpty();
          assertThat(in.again().readAllBytes()).isEqualTo(bytes);
        }
        case ChatResult.Read(long turns, _, _) ->
            assertThat(chats.stream().mapToLong(chat -> chat.turns().size()).sum())
                .isEqualTo(turns);
      }
      chats.forEach(chat -> assertThat(ChatText.of(chat).text()).isNotBlank());
    }
    assertThat(ChatFormat.of("a.png", () -> new String(bytes, UTF_8))).isEmpty();
  }

  @Override
  protected List<byte[]> examples() {
    return List.of(
            "[{\"title\":\"T\",\"mapping\":{\"a\":{\"message\":{\"author\":{\"role\":\"user\"},\"create_time\":1714560000.5,\"content\":{\"parts\":[\"x\"]}},\"parent\":\"a\",\"children\":[\"a\"]}}}]",
            "[{\"ts\":\"1714560000.0001\",\"thread_ts\":\"1.1\",\"user\":\"U1\",\"text\":\"<@U1> &amp; <http://x|y>\"}]",
            "{\"name\":\"n\",\"messages\":[{\"id\":1,\"type\":\"message\",\"date\":\"2024-05-01T10:00:00\",\"from\":\"A\",\"from_id\":\"u\",\"text\":[\"a\",{\"text\":\"b\"}]}]}",
            "{\"role\":\"user\",\"content\":[{\"type\":\"tool_use\",\"name\":\"B\",\"input\":{\"a\":1e9}}]}\n{\"type\":\"summary\"}",
            "[01.05.24, 10:00:12] Ann: one\ntwo\n[31/12/99, 9:00 PM] B: x")
        .stream()
        .map(text -> text.getBytes(UTF_8))
        .toList();
  }
}
