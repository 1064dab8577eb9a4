package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpeakersTest {
  private static final DocumentId CHAT = new DocumentId("chat.md");

  private static List<Chunk> chunks(DocumentId document, String... texts) {
    var chunks = new ArrayList<Chunk>();
    for (String text : texts) {
      int ordinal = chunks.size();
      var locator = new Locator.Lines(ordinal + 1, ordinal + 1);
      chunks.add(new Chunk(document, ordinal, locator, "", List.of(), text, 1));
    }
    return chunks;
  }

  private static List<Float> factors(String question, String... turns) {
    var speakers = new Speakers(question);
    speakers.add(chunks(CHAT, turns));
    var factors = new ArrayList<Float>();
    for (int ordinal = 0; ordinal < turns.length; ordinal++) {
      factors.add(speakers.factor(CHAT, ordinal));
    }
    return factors;
  }

  @Test
  void theTurnsOfOthersCountHalfInEveryWayOfWritingThem() {
    assertThat(factors("What did Ann's aunt say?", "Ann: hello", "Bob: hello, Ann", "a heading"))
        .containsExactly(1f, .5f, 1f);
    assertThat(factors("what did ann say", "[10:02] Ann Lee: hello", "12:05 Bob: hi"))
        .containsExactly(1f, .5f);
    assertThat(factors("what did ann say", "\n**Ann:** hello", "[3 May] Bob: hi"))
        .containsExactly(1f, .5f);
    assertThat(factors("Was sagt Émile?", "Émile: bonjour", "Zoë: salut")).containsExactly(1f, .5f);
  }

  @Test
  void aQuestionThatNamesNobodyOrAllTellsNothing() {
    assertThat(factors("who won the game", "Ann: I did", "Bob: no")).containsExactly(1f, 1f);
    assertThat(factors("do Bob and Ann play", "Ann: I do", "Bob: no")).containsExactly(1f, 1f);
    assertThat(factors("what will happen", "Will: hi", "Bob: no")).containsExactly(1f, 1f);
  }

  @Test
  void aDocumentIsAConversationIfMostOfItIsTurns() {
    var chunks = new ArrayList<Chunk>(chunks(CHAT, "Ann: hello", "and so on", "Bob: hi"));
    chunks.addAll(chunks(new DocumentId("manual.md"), "Note: see below", "the rest", "of it"));

    assertThat(Speakers.conversations(chunks)).containsExactly(CHAT);
  }
}
