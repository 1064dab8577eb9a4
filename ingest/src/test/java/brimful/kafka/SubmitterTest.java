package brimful.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Inventory;
import brimful.web.WebSite;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SubmitterTest {
  private static final CollectionKey BOOKS = new CollectionKey("books", "estimate");
  private static final DocumentId A = new DocumentId("a.txt");
  private static final DocumentId B = new DocumentId("b.txt");

  /// The machine that submitted before had a clock that was ahead.
  private static final long AHEAD = Instant.parse("2036-01-01T00:00:00Z").toEpochMilli();

  private final PostedRecords posted = new PostedRecords(new Topics("t"), true);

  private static Claim.Work.Read read(DocumentId item) {
    return new Claim.Work.Read("/mnt", item, "stamp", 9);
  }

  private static Claim claimed(DocumentId item) {
    return new Claim(BOOKS, "job", item, AHEAD, read(item), Claim.Attempts.NONE);
  }

  private static String waiting(DocumentId item) {
    return "books\0estimate\0%s\0%s\0%s".formatted(item, AHEAD, 1);
  }

  private Submitter submitter() {
    var before = SubmittedItems.of(List.of(claimed(A), claimed(B)), Set.of(waiting(A), waiting(B)));
    Clock clock = Clock.fixed(Instant.parse("2026-11-27T00:00:00Z"), ZoneOffset.UTC);
    return new Submitter(posted.publisher(), BOOKS, before, clock);
  }

  @Test
  void whatIsReadAgainGetsAHigherVersionThanBefore() {
    SequencedMap<DocumentId, Claim.Work> wanted = new LinkedHashMap<>();
    wanted.put(A, read(A));
    wanted.put(B, read(B));

    Submitter.Submitted submitted = submitter().submit(wanted, A::equals);

    assertThat(submitted.submitted()).isEqualTo(1);
    assertThat(submitted.unchanged()).isEqualTo(1);
    assertThat(posted.claims(Lane.EXPRESS_SMALL))
        .extracting(Claim::item, Claim::version)
        .containsExactly(tuple(A, AHEAD + 1));
    assertThat(posted.withdrawn()).containsExactly(waiting(A));
  }

  @Test
  void whatHasVanishedIsDeletedThoughItWasToBeReadAgain() {
    SequencedMap<DocumentId, Claim.Work> wanted = new LinkedHashMap<>();
    wanted.put(B, read(B));

    Submitter.Submitted submitted = submitter().submit(wanted, A::equals);

    assertThat(submitted.deleted()).isEqualTo(1);
    List<Claim> claims = posted.claims(Lane.EXPRESS_SMALL);
    assertThat(claims).extracting(Claim::version).containsExactly(AHEAD + 1);
    assertThat(claims.getFirst().work()).isEqualTo(new Claim.Work.Delete());
  }

  private static SequencedMap<DocumentId, Claim.Work> withoutList(boolean unmasked) {
    SequencedMap<DocumentId, Claim.Work> wanted = new LinkedHashMap<>();
    wanted.put(new DocumentId("sitemap.xml"), new Claim.Work.Note(WebSite.NO_SITEMAP, unmasked));
    return wanted;
  }

  private Submitter submitter(Claim.Work a, Claim.Work b) {
    var before =
        SubmittedItems.of(
            List.of(
                new Claim(BOOKS, "job", A, AHEAD, a, Claim.Attempts.NONE),
                new Claim(BOOKS, "job", B, AHEAD, b, Claim.Attempts.NONE)),
            Set.of());
    return new Submitter(posted.publisher(), BOOKS, before, Clock.systemUTC());
  }

  /// An index may have missed the delete of what had vanished before the list was away.
  @Test
  void aDeleteThatAnIndexLacksIsNotKeptForWantOfAList() {
    var lacking =
        new IndexAudit.Lacking(Set.of(Inventory.bucket(A), Inventory.bucket(B)), List.of());

    Submitter.Submitted submitted =
        submitter(new Claim.Work.Delete(), read(B))
            .submit(withoutList(false), _ -> false, lacking, _ -> true);

    assertThat(submitted.kept()).isEqualTo(1);
    assertThat(submitted.deleted()).isEqualTo(1);
    assertThat(posted.claims(Lane.EXPRESS_SMALL))
        .extracting(Claim::item, Claim::work)
        .contains(tuple(A, new Claim.Work.Delete()))
        .doesNotContain(tuple(B, new Claim.Work.Delete()));
  }

  @Test
  void textWithSecretsGoesForWantOfAListOnceTheyAreMasked() {
    var shown = new Claim.Work.Read("/mnt", A, "stamp", 9, true);

    Submitter.Submitted again = submitter(shown, read(B)).submit(withoutList(true), _ -> false);
    Submitter.Submitted masked = submitter(shown, read(B)).submit(withoutList(false), _ -> false);

    assertThat(again.kept()).isEqualTo(2);
    assertThat(masked.kept()).isEqualTo(1);
    assertThat(posted.claims(Lane.EXPRESS_SMALL))
        .filteredOn(claim -> claim.work() instanceof Claim.Work.Delete)
        .extracting(Claim::item)
        .containsExactly(A);
  }

  /// A page that cannot be had is noted again where its text was unmasked, and may not be now.
  @Test
  void aNoteOfTextWithSecretsIsNotOneWithout() {
    var outcome = new Outcome.Failed("the site answers with status 503, try again later");
    SequencedMap<DocumentId, Claim.Work> wanted = new LinkedHashMap<>();
    wanted.put(A, new Claim.Work.Note(outcome));
    wanted.put(B, read(B));

    Submitter.Submitted submitted =
        submitter(new Claim.Work.Note(outcome, true), read(B)).submit(wanted, _ -> false);

    assertThat(submitted.submitted()).isEqualTo(1);
  }

  /// Nothing stays of an item that was never submitted, or whose text shows what is to be masked.
  @Test
  void onlyWhatMayStayCountsAsKept() {
    var outcome = new Outcome.Failed("the site answers with status 503, try again later");
    SequencedMap<DocumentId, Claim.Work> wanted = new LinkedHashMap<>();
    wanted.put(A, new Claim.Work.Note(outcome));
    wanted.put(B, new Claim.Work.Note(outcome));
    wanted.put(new DocumentId("new.txt"), new Claim.Work.Note(outcome));
    var shown = new Claim.Work.Read("/mnt", A, "stamp", 9, true);

    Submitter.Submitted submitted = submitter(shown, read(B)).submit(wanted, _ -> false);

    assertThat(submitted.kept()).isEqualTo(1);
  }
}
