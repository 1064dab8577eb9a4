package brimful.queue;

import brimful.corpus.DocumentId;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The dead letters, as people read them and try them again.
public final class DeadLetters {
  private DeadLetters() {}

  /// Returns the letters of items that have not been submitted again since, the oldest first.
  public static List<Letter> list(Cluster cluster) {
    Map<CollectionKey, Map<DocumentId, Claim>> ledgers = new HashMap<>();
    return Replay.last(cluster, List.of(cluster.topics().deadLetters())).values().stream()
        .map(Letter::read)
        .filter(letter -> {
          Claim claim = letter.claim();
          Claim last =
              ledgers
                  .computeIfAbsent(claim.collection(), key -> Ledger.read(cluster, key).claims())
                  .get(claim.item());
          return last == null || last.version() <= claim.version();
        })
        .sorted(Comparator.comparing(Letter::at).thenComparing(letter -> letter.claim().item()))
        .toList();
  }

  /// Submits the items of letters again, as a job of its own, and takes the letters away.
  ///
  /// The poison cache forgets them too, so that their parser gets another chance.
  ///
  /// @param job the job's id
  /// @return how many were submitted
  public static int redrive(List<Letter> letters, Publisher publisher, String job, Clock clock) {
    for (Letter letter : letters) {
      publisher.withdraw(letter).join();
    }
    Map<CollectionKey, List<Letter>> collections = new HashMap<>();
    letters.forEach(letter ->
        collections
            .computeIfAbsent(letter.claim().collection(), _ -> new java.util.ArrayList<>())
            .add(letter));
    collections.forEach((collection, own) -> {
      long bytes = own.stream().mapToLong(letter -> Submitter.bytes(letter.claim())).sum();
      publisher
          .progress(
              JobBoard.submittedKey(collection, job),
              JobBoard.submitted(own.size(), bytes, clock.instant()))
          .join();
    });
    CompletableFuture.allOf(
            letters.stream()
                .map(letter -> letter.claim().again(job, clock.millis()))
                .map(claim -> publisher.submit(claim, Lane.of(claim)))
                .toArray(CompletableFuture[]::new))
        .join();
    return letters.size();
  }
}
