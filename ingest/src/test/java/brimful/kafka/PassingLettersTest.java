package brimful.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.DeadLetter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PassingLettersTest {
  private static final String BUSY = "the site answers with status 503, try again later";

  @TempDir Path folder;

  private static DeadLetter letter(
      CollectionKey collection, String item, DeadLetter.Cause cause, String detail) {
    var id = new DocumentId(item);
    var read = new Claim.Work.Read("web:https://example.com/", id, "stamp", 1);
    var claim = new Claim(collection, "job", id, 7, read, Claim.Attempts.NONE);
    return new DeadLetter(claim, cause, detail, "extract", "parser", "", "w", Instant.EPOCH);
  }

  private static DeadLetter busy(String item) {
    return letter(Pipelines.COLLECTION, item, DeadLetter.Cause.UNREACHABLE, BUSY);
  }

  /// Each round of a watch asks.
  @Test
  void readsEachDeadLetterOnceHoweverOftenItIsAsked() {
    var read = new AtomicInteger();
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder);
        var letters =
            new PassingLetters(
                pipeline.cluster(),
                Pipelines.COLLECTION,
                value -> {
                  read.incrementAndGet();
                  return DeadLetter.read(value);
                })) {
      Publisher publisher = pipeline.publisher();
      SubmittedItems none = SubmittedItems.of(List.of(), Set.of());
      publisher.publish(busy("a")).join();
      publisher.publish(busy("b")).join();
      publisher
          .publish(letter(Pipelines.COLLECTION, "c", DeadLetter.Cause.DOCUMENT, "is broken"))
          .join();
      publisher
          .publish(
              letter(
                  new CollectionKey("others", "estimate"), "d", DeadLetter.Cause.UNREACHABLE, BUSY))
          .join();
      assertThat(letters.items(none))
          .containsExactlyInAnyOrder(new DocumentId("a"), new DocumentId("b"));
      assertThat(read).hasValue(4);

      assertThat(letters.items(none)).hasSize(2);
      assertThat(letters.items(none)).hasSize(2);
      assertThat(read).hasValue(4);

      publisher.purge(busy("a")).join();
      publisher.publish(busy("e")).join();
      assertThat(letters.items(none))
          .containsExactlyInAnyOrder(new DocumentId("b"), new DocumentId("e"));
      assertThat(read).hasValue(5);

      // What was submitted since needs no second time.
      Claim again = busy("b").claim().again("later", 9, "");
      assertThat(letters.items(SubmittedItems.of(List.of(again), Set.of())))
          .containsExactly(new DocumentId("e"));
    }
  }
}
