package brimful.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.chunk.outline.Lines;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConversationTurnsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[D1:%s] %s: hello",
        "12:0%s %s: hello",
        "01/05/2024, 10:0%s - %s: hello",
        "[01.05.24, 10:0%s:30] %s: hello",
        "5/1/24, 10:0%s PM - %s: hello",
        "2024-05-01 10:0%s %s: hello",
        "**%2$s:** hello %1$s",
        "%2$s: hi"
      })
  void findsTheTurnsOfAConversation(String form) {
    var text = new StringBuilder("# Session 1\n\n");
    for (int i = 0; i < 6; i++) {
      text.append(form.formatted(i, i % 2 == 0 ? "Ann" : "Bob Miller")).append('\n');
    }

    assertThat(ConversationTurns.of(Lines.of(text.toString())).stream())
        .containsExactly(2, 3, 4, 5, 6, 7);
  }

  @Test
  void takesFieldsForNoTurns() {
    String fields = "License: MIT\nAuthor: Ann\nDate: today\nTitle: nothing\nVersion: 3\n";

    assertThat(ConversationTurns.of(Lines.of(fields))).isEqualTo(new BitSet());
  }

  @Test
  void takesProseWithAFewQuotesForNoTurns() {
    String prose = "Ann: hello\nBob: hi\nAnn: so\nBob: yes\n" + "A line of the story.\n".repeat(9);

    assertThat(ConversationTurns.of(Lines.of(prose))).isEqualTo(new BitSet());
  }
}
