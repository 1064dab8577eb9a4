package brimful.kafka;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import brimful.web.WebClient;
import brimful.web.WebSite;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Submits the changes of a collection.
///
/// The jobs topics themselves record what was submitted, so any machine may submit, as often as it
/// likes: unchanged items are not submitted again, and vanished ones are deleted. Two concurrent
/// submitters of a collection do double work and no harm. One submitter is for one thread.
public final class Submitter {
  private static final DateTimeFormatter JOB_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int SUFFIX_DIGITS = 4;

  private final Publisher publisher;
  private final CollectionKey collection;
  private final Clock clock;
  private final SubmittedItems before;

  /// @param before what was submitted of the collection so far; kept up to date here
  public Submitter(
      Publisher publisher, CollectionKey collection, SubmittedItems before, Clock clock) {
    this.publisher = publisher;
    this.collection = collection;
    this.clock = clock;
    this.before = before;
  }

  /// The result of a submission.
  ///
  /// @param job its id
  /// @param submitted how many items are to be read or noted
  /// @param unchanged how many were submitted before in the same state
  /// @param deleted how many have vanished
  /// @param kept how many cannot be had now, of which indexes keep what they have
  /// @param bytes of the files to read
  public record Submitted(
      String job, long submitted, long unchanged, long deleted, long kept, long bytes) {
    /// Returns whether there was anything to do; if not, no job exists.
    public boolean isAny() {
      return submitted + deleted > 0;
    }
  }

  /// Returns whether files of the collection were submitted, and not deleted.
  public boolean hasFiles() {
    return !before.filesBySource().isEmpty();
  }

  /// Submits the items that changed since the last submission, and deletes of those that vanished.
  /// Returns when the brokers have stored all of it.
  ///
  /// @param wanted all items of the collection
  /// @param again which unchanged items to resubmit; they get a higher version like changed ones
  public Submitted submit(
      SequencedMap<DocumentId, Claim.Work> wanted, Predicate<DocumentId> again) {
    return submit(wanted, again, IndexAudit.NOTHING, _ -> true);
  }

  /// Does the same for some items of the collection.
  ///
  /// @param wanted all of them
  /// @param lacking what indexes lack, which is submitted again: also deletes
  /// @param some whether an item is one of them; others stay as they are
  public Submitted submit(
      SequencedMap<DocumentId, Claim.Work> wanted,
      Predicate<DocumentId> again,
      IndexAudit.Lacking lacking,
      Predicate<DocumentId> some) {
    Instant now = clock.instant();
    String job = job(now);
    List<Claim> claims = new ArrayList<>();
    changed(wanted, again, lacking)
        .forEach((item, work) -> claims.add(claim(job, item, work, now)));
    long submitted = claims.size();
    Predicate<DocumentId> stays = staying(wanted.values());
    Map<Boolean, List<DocumentId>> others =
        before.without(wanted.keySet(), lacking).stream()
            .filter(some)
            .collect(Collectors.partitioningBy(stays));
    others
        .getOrDefault(false, List.of())
        .forEach(item -> claims.add(claim(job, item, new Claim.Work.Delete(), now)));
    long kept =
        wanted.entrySet().stream()
                .filter(entry -> isAway(entry.getValue()))
                .filter(entry -> before.mayStay(entry.getKey(), entry.getValue().unmasked()))
                .count()
            + others.getOrDefault(true, List.of()).size();
    long bytes = claims.stream().mapToLong(Submitter::bytes).sum();
    if (!claims.isEmpty()) {
      send(publisher, collection, job, claims, now);
      claims.forEach(before::put);
      publisher
          .progress(JobProgress.filesKey(collection), JobProgress.files(before.files()))
          .join();
      endWaits(claims.stream().map(Claim::item).collect(Collectors.toSet()));
    }
    return new Submitted(
        job, submitted, wanted.size() - submitted, claims.size() - submitted, kept, bytes);
  }

  /// Returns which items stay though they are not wanted: without a list, nobody knows what has
  /// vanished. A text that shows secrets goes if they are to be masked now.
  private Predicate<DocumentId> staying(Collection<Claim.Work> wanted) {
    boolean unmasked = wanted.stream().anyMatch(Claim.Work::unmasked);
    return wanted.stream().anyMatch(Submitter::isLackOfList)
        ? item -> before.mayStay(item, unmasked)
        : _ -> false;
  }

  private static boolean isAway(Claim.Work work) {
    return work instanceof Claim.Work.Note(Outcome outcome, _)
        && WebClient.passing(outcome).isPresent();
  }

  private static boolean isLackOfList(Claim.Work work) {
    return work instanceof Claim.Work.Note(Outcome outcome, _)
        && outcome.equals(WebSite.NO_SITEMAP);
  }

  /// Returns the items that a submission would submit, in their order.
  ///
  /// @param wanted all items of the collection
  /// @param again which unchanged items to resubmit
  /// @param lacking what indexes lack
  public SequencedMap<DocumentId, Claim.Work> changed(
      SequencedMap<DocumentId, Claim.Work> wanted,
      Predicate<DocumentId> again,
      IndexAudit.Lacking lacking) {
    SequencedMap<DocumentId, Claim.Work> changed = new LinkedHashMap<>();
    wanted.forEach((item, work) -> {
      if (!before.has(item, work) || again.test(item) || lacking.has(item)) {
        changed.put(item, work);
      }
    });
    return changed;
  }

  /// Nobody needs an earlier version that waits for its source.
  private void endWaits(Set<DocumentId> submitted) {
    Publisher.all(before.endWaits(submitted).stream().map(publisher::endWait)).join();
  }

  /// Returns the id of a new job: its start time, and a suffix that tells it from others of the
  /// same second.
  public static String job(Instant now) {
    return JOB_TIME.format(now) + "-" + UUID.randomUUID().toString().substring(0, SUFFIX_DIGITS);
  }

  private Claim claim(String job, DocumentId item, Claim.Work work, Instant now) {
    long version = before.nextVersion(item, now.toEpochMilli());
    return new Claim(collection, job, item, version, work, Claim.Attempts.NONE);
  }

  public static long bytes(Claim claim) {
    return claim.work() instanceof Claim.Work.Read read ? read.bytes() : 0;
  }

  /// Sends a job and its claims; returns when the brokers have stored all of it.
  static void send(
      Publisher publisher, CollectionKey collection, String job, List<Claim> claims, Instant now) {
    long bytes = claims.stream().mapToLong(Submitter::bytes).sum();
    var sent = new ArrayList<CompletableFuture<Void>>(claims.size() + 1);
    sent.add(
        publisher.progress(
            JobProgress.submittedKey(collection, job),
            JobProgress.submitted(claims.size(), bytes, now)));
    for (Claim claim : claims) {
      sent.add(publisher.submit(claim, Lane.of(claim, claims.size())));
    }
    publisher.flush();
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
  }
}
