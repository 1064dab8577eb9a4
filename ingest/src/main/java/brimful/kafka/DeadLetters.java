package brimful.kafka;

import brimful.corpus.UserError;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.DeadLetter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Lists dead letters and redrives them.
public final class DeadLetters {
  private DeadLetters() {}

  /// Returns the dead letters of items that have not been resubmitted since, oldest first.
  ///
  /// @param unread receives a line for each record that only a later version can read
  public static List<DeadLetter> list(Cluster cluster, Consumer<String> unread) {
    Map<CollectionKey, SubmittedItems> submitted = new HashMap<>();
    return TopicReplay.last(
            cluster,
            List.of(cluster.topics().deadLetters()),
            DeadLetter::read,
            (last, e) -> unread.accept(last.at() + ": " + e.getMessage()))
        .stream()
        .filter(letter -> {
          Claim claim = letter.claim();
          return submitted
                  .computeIfAbsent(claim.collection(), key -> submitted(cluster, key, unread))
                  .version(claim.item())
              <= claim.version();
        })
        .sorted(Comparator.comparing(DeadLetter::at).thenComparing(letter -> letter.claim().item()))
        .toList();
  }

  /// Does the same, whatever cannot be read.
  public static List<DeadLetter> list(Cluster cluster) {
    return list(cluster, _ -> {});
  }

  /// Returns what was submitted of a collection; nothing if claims are of a later version, so that
  /// its dead letters are listed all the same.
  private static SubmittedItems submitted(
      Cluster cluster, CollectionKey key, Consumer<String> unread) {
    try {
      return SubmittedItems.read(cluster, key);
    } catch (UserError e) {
      if (e.kind() != UserError.Kind.CONFLICT) {
        throw e;
      }
      unread.accept(e.getMessage());
      return SubmittedItems.of(List.of(), Set.of());
    }
  }

  /// Deletes the dead letters that match, those of items that were resubmitted too. The workers
  /// forget that their bytes broke a parser.
  ///
  /// @return how many
  public static long purge(Cluster cluster, Publisher publisher, Predicate<DeadLetter> matching) {
    List<DeadLetter> letters =
        TopicReplay.last(
            cluster, List.of(cluster.topics().deadLetters()), DeadLetter::read, (_, _) -> {});
    List<CompletableFuture<Void>> purged =
        letters.stream().filter(matching).map(publisher::purge).toList();
    publisher.flush();
    Publisher.all(purged.stream()).join();
    return purged.size();
  }

  /// Resubmits the items of dead letters as a new job.
  ///
  /// The poison cache lets them pass. A redriven dead letter leaves the list at once, and is
  /// withdrawn when its item succeeds.
  ///
  /// @param job the job's id
  /// @return how many were submitted
  public static int redrive(
      List<DeadLetter> letters, Publisher publisher, String job, Clock clock) {
    Map<CollectionKey, List<Claim>> collections = new TreeMap<>();
    for (DeadLetter letter : letters) {
      collections
          .computeIfAbsent(letter.claim().collection(), _ -> new ArrayList<>())
          .add(letter.claim().again(job, clock.millis(), letter.sha256()));
    }
    collections.forEach((collection, claims) ->
        Submitter.send(publisher, collection, job, claims, clock.instant()));
    return letters.size();
  }
}
