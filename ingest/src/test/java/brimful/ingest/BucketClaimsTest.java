package brimful.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.bucket.BucketAddress;
import brimful.bucket.FakeStore;
import brimful.corpus.DocumentId;
import brimful.extract.ExtractLimits;
import brimful.extract.Extractor;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.worker.Handler;
import brimful.source.Rules;
import brimful.source.Sources;
import brimful.source.own.OwnFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Claims whose files are objects.
final class BucketClaimsTest {
  private static final Handler.Timer TIMER =
      new Handler.Timer() {
        @Override
        public void moved() {}

        @Override
        public void restart() {}
      };

  private final FakeStore fake = new FakeStore();

  @AfterEach
  void close() {
    fake.close();
  }

  private Handler.Handled handle(List<BucketAddress> buckets, String location) {
    var sources =
        new Sources(
            Rules.standard(),
            Path.of("nowhere"),
            Clock.systemUTC(),
            fake.environment(),
            OwnFiles.NONE);
    var read = new Claim.Work.Read(location, DocumentId.of("a.txt"), "promised", 4);
    var claim =
        new Claim(
            new CollectionKey("books", "estimate"),
            "job",
            DocumentId.of("a.txt"),
            7,
            read,
            Claim.Attempts.NONE);
    try (var extractor = new Extractor(ExtractLimits.standard(), Rules.standard());
        var open = new OpenSources(sources, List.of(), buckets, MountMap.NONE)) {
      var handler =
          new ClaimHandler(
              extractor,
              open,
              (_, _, _) -> Optional.empty(),
              "tester",
              "parser 1",
              Clock.systemUTC());
      return handler.handle(claim, TIMER);
    }
  }

  private Optional<DeadLetter> letter(Handler.Handled handled) {
    assertThat(handled).isInstanceOf(Handler.Handled.Done.class);
    return ((Handler.Handled.Done) handled).letter();
  }

  @Test
  void anObjectIsReadByItsIdBelowTheLocation() {
    fake.put("team/a.txt", "text");

    assertThat(letter(handle(List.of(), "s3://docs/team"))).isEmpty();
  }

  @Test
  void aStoreThatRefusesEverythingIsAway() {
    fake.put("team/a.txt", "text").fail(9, 403, "AccessDenied", Map.of());

    assertThat(handle(List.of(), "s3://docs/team"))
        .isInstanceOfSatisfying(
            Handler.Handled.Away.class,
            away -> assertThat(away.cause()).contains("denies access to s3://docs/team"));
  }

  @Test
  void aStoreThatGoesAwayBeforeTheBytesCameIsAway() {
    fake.put("team/a.txt", "text").cut(1);
    fake.afterNext("GET team/a.txt", () -> fake.fail(99, 403, "AccessDenied", Map.of()));

    assertThat(handle(List.of(), "s3://docs/team")).isInstanceOf(Handler.Handled.Away.class);
  }

  @Test
  void anObjectThatAloneIsDeniedFailsAlone() {
    fake.put("team/a.txt", "text");
    fake.afterNext("HEAD team/a.txt", () -> fake.fail(1, 403, "AccessDenied", Map.of()));

    assertThat(letter(handle(List.of(), "s3://docs/team")))
        .hasValueSatisfying(letter -> {
          assertThat(letter.cause()).isEqualTo(DeadLetter.Cause.UNREACHABLE);
          assertThat(letter.detail()).contains("denies access to s3://docs/team/a.txt");
        });
  }

  @Test
  void aMissingObjectHasVanishedAndAMissingBucketIsAway() {
    assertThat(letter(handle(List.of(), "s3://docs/team")))
        .hasValueSatisfying(letter -> assertThat(letter.detail()).contains("vanished"));
    assertThat(handle(List.of(), "s3://other/team"))
        .isInstanceOfSatisfying(
            Handler.Handled.Away.class,
            away -> assertThat(away.cause()).contains("has no bucket other"));
  }

  @Test
  void nothingIsAskedOfABucketOutsideTheRoots() {
    fake.put("secret/a.txt", "text");
    var roots = List.of(BucketAddress.of("s3://docs/team"));

    for (String location :
        List.of("s3://docs/secret", "s3://docs", "s3://docs/team/../secret", "s3://")) {
      assertThat(handle(roots, location)).isInstanceOf(Handler.Handled.Away.class);
    }
    assertThat(fake.requests).isEmpty();
  }
}
