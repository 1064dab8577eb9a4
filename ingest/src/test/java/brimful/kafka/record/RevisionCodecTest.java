package brimful.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.DocumentId;
import brimful.corpus.Markup;
import brimful.kafka.index.RevisionAssembler;
import brimful.testing.Seeds;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RevisionCodecTest {
  private static final CollectionKey BOOKS = new CollectionKey("books", "estimate");
  private static final Revision SMALL = Revisions.of(BOOKS, "a.txt", 7, "seven");
  private static final int PARTITIONS = 6;

  private static List<ProducerRecord<byte[], byte[]>> records(Revision revision) {
    return RevisionCodec.records(revision, "documents", PARTITIONS);
  }

  /// Returns what the records come to, in their order; only the last may come to something.
  private static Optional<RevisionAssembler.Whole> assembled(
      List<ProducerRecord<byte[], byte[]>> records) {
    var assembler = new RevisionAssembler();
    Optional<RevisionAssembler.Whole> whole = Optional.empty();
    for (int i = 0; i < records.size(); i++) {
      assertThat(whole).isEmpty();
      whole = assembler.add(records.get(i).key(), records.get(i).value(), i, 0);
    }
    return whole;
  }

  @Seeds
  void recordsComeTogetherAgain(long seed) {
    var random = new RandomRecords(seed);
    int sliced = 0;
    for (int i = 0; i < 60; i++) {
      Revision revision = random.revision();

      var records = records(revision);

      sliced += records.size() > 1 ? 1 : 0;
      assertThat(assembled(records)).map(RevisionAssembler.Whole::revision).contains(revision);
      assertThat(assembled(records))
          .map(RevisionAssembler.Whole::parts)
          .contains(records.size() - 1);
      assertThat(records).extracting(ProducerRecord::partition).containsOnly(partition(revision));
      assertThat(records)
          .allMatch(message -> message.key().length + message.value().length < 512 << 10);
      assertThat(records.stream().map(m -> new String(m.key(), UTF_8))).doesNotHaveDuplicates();
    }
    assertThat(sliced).as("revisions in slices").isPositive();
  }

  /// Records of a version that did not say whether secrets are kept may show them.
  @Test
  void aRecordThatDoesNotSayWhetherItIsMaskedMayShowSecrets() {
    ProducerRecord<byte[], byte[]> said = records(SMALL).getFirst();
    byte[] silent = CborEditor.with(said.value(), "\"unmasked\":false,", "");

    var assembler = new RevisionAssembler();
    assertThat(assembler.add(said.key(), said.value(), 0, 0))
        .map(whole -> whole.revision().unmasked())
        .contains(false);
    assertThat(assembler.add(said.key(), silent, 1, 0))
        .map(whole -> whole.revision().unmasked())
        .contains(true);
  }

  private static int partition(Revision revision) {
    return RevisionCodec.partition(revision.collection(), revision.id(), PARTITIONS);
  }

  @Test
  void versionsOfAnItemShareAPartitionAndNoKey() {
    var seven = records(SMALL).getFirst();
    var eight = records(Revisions.of(BOOKS, "a.txt", 8, "eight")).getFirst();

    assertThat(eight.partition()).isEqualTo(seven.partition());
    assertThat(eight.key()).isNotEqualTo(seven.key());
  }

  @Test
  void keysSayWhatTheyStandFor() {
    var key = new RevisionCodec.Key(BOOKS, new DocumentId("ö/🦊.txt"), Long.MAX_VALUE, "12");

    assertThat(RevisionCodec.Key.read(key.bytes())).isEqualTo(key);
  }

  @Test
  void passesOverFieldsItDoesNotKnow() {
    var message = records(SMALL).getFirst();

    assertThat(
            new RevisionAssembler().add(message.key(), CborEditor.extended(message.value()), 0, 0))
        .map(RevisionAssembler.Whole::revision)
        .contains(SMALL);
  }

  @Test
  void countsAgainWhatWasWrittenOtherwiseWhenItWasCounted() {
    var message = records(SMALL).getFirst();
    String own = "\"markup\":" + Markup.VERSION;
    byte[] older = CborEditor.with(message.value(), own, "\"markup\":1");
    byte[] oldest = CborEditor.with(message.value(), own + ",", "");
    TokenCounter counter = Tokenizers.named(SMALL.collection().tokenizer());
    var markup = new Markup(counter.specials());

    for (byte[] value : List.of(older, oldest)) {
      assertThat(new RevisionAssembler().add(message.key(), value, 0, 0))
          .map(whole -> (Revision.Change.Put) whole.revision().change())
          .hasValueSatisfying(put ->
              assertThat(put.item().documents().getFirst().chunks())
                  .allSatisfy(chunk ->
                      assertThat(chunk.tokens()).isEqualTo(counter.count(markup.segment(chunk)))));
    }
  }

  @Test
  void refusesALaterSchema() {
    var message = records(SMALL).getFirst();

    assertThatExceptionOfType(UnreadableRecord.class)
        .isThrownBy(() ->
            new RevisionAssembler().add(message.key(), CborEditor.newer(message.value()), 0, 0))
        .withMessageContaining("upgrade this one")
        .matches(UnreadableRecord::newer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "tokens":3       | "tokens":0                | with 0 tokens
          "tokens":3       | "tokens":3000000000       | out of range
          "lines":[1,1]    | "lines":[0,1]             | lines 0-1
          "is":"indexed"   | "is":"glorious"           | glorious
          "is":"indexed"   | "is":"truncated","kept":2,"of":1,"unit":"pages" | truncated to 2 of 1
          "id":"a.txt"     | "id":"b.txt"              | is not of item
          "item":"a.txt"   | "item":" "                | is blank
          "tokenizer":"estimate" | "tokenizer":"a b"   | tokenizer name
          "job":"job"      | "job":null                | no text "job"
          "v":1            | "v":"one"                 | no version
          """)
  void refusesWhatNoRevisionMayBe(String old, String replacement, String said) {
    var message = records(SMALL).getFirst();
    byte[] broken = CborEditor.with(message.value(), old, replacement);

    assertThatExceptionOfType(UnreadableRecord.class)
        .isThrownBy(() -> new RevisionAssembler().add(message.key(), broken, 0, 0))
        .withMessageContaining(said)
        .matches(e -> !e.newer());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing                                     | 1 fields
          books~estimate~a.txt~0000000000000007       | 4 fields
          books~estimate~a.txt~0000000000000007~m~x   | 6 fields
          books~estimate~a.txt~seven~m                | seven
          books~estimate~/etc~0000000000000007~m      | absolute
          a b~estimate~a.txt~0000000000000007~m       | collection name
          """)
  void refusesKeysThatAreNotOurs(String key, String said) {
    assertThatExceptionOfType(UnreadableRecord.class)
        .isThrownBy(
            () -> new RevisionAssembler().add(JsonEditor.bytes(key.replace('~', '\0')), null, 0, 0))
        .withMessageContaining(said);
  }
}
