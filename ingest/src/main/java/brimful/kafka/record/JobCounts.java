package brimful.kafka.record;

import brimful.corpus.Document;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// The progress of one job, as the index worker counts it: each item once.
///
/// The counts are stored in the same commit as the chunks, so they agree with the index.
///
/// @param last the time of the latest commit for this job, in milliseconds since 1970
public record JobCounts(
    long indexed,
    long truncated,
    long skipped,
    long encrypted,
    long failed,
    long deleted,
    long chunks,
    long tokens,
    long bytes,
    long last) {

  /// Nothing done yet.
  public static final JobCounts NONE = new JobCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /// Returns how many items are done.
  public long done() {
    return indexed + truncated + skipped + encrypted + failed + deleted;
  }

  /// Returns the counts with one more item, as its revision says it ended.
  public JobCounts plus(Revision revision) {
    return plus(
        revision,
        revision.change() instanceof Revision.Change.Put(Item item)
            ? item.outcome()
            : new Outcome.Indexed());
  }

  /// Returns the counts with one more item.
  ///
  /// @param is how the index has it, unless it is deleted: it may keep an earlier text of what
  ///   could not be read, and may not be able to hold what could
  public JobCounts plus(Revision revision, Outcome is) {
    return switch (revision.change()) {
      case Revision.Change.Delete _ ->
          new JobCounts(
              indexed,
              truncated,
              skipped,
              encrypted,
              failed,
              deleted + 1,
              chunks,
              tokens,
              bytes,
              last);
      case Revision.Change.Put(Item item) ->
          new JobCounts(
              indexed + (is instanceof Outcome.Indexed ? 1 : 0),
              truncated + (is instanceof Outcome.Truncated ? 1 : 0),
              skipped + (is instanceof Outcome.Skipped ? 1 : 0),
              encrypted + (is instanceof Outcome.Encrypted ? 1 : 0),
              failed + (is instanceof Outcome.Failed ? 1 : 0),
              deleted,
              chunks + item.documents().stream().mapToLong(d -> d.chunks().size()).sum(),
              tokens + item.documents().stream().mapToLong(Document::tokens).sum(),
              bytes + revision.bytes(),
              last);
    };
  }

  /// Returns the same counts, committed at a time.
  public JobCounts at(Instant time) {
    return new JobCounts(
        indexed,
        truncated,
        skipped,
        encrypted,
        failed,
        deleted,
        chunks,
        tokens,
        bytes,
        time.toEpochMilli());
  }

  public ObjectNode json() {
    return RecordJson.object()
        .put("indexed", indexed)
        .put("truncated", truncated)
        .put("skipped", skipped)
        .put("encrypted", encrypted)
        .put("failed", failed)
        .put("deleted", deleted)
        .put("chunks", chunks)
        .put("tokens", tokens)
        .put("bytes", bytes)
        .put("last", last);
  }

  public static JobCounts of(JsonNode node) {
    return new JobCounts(
        node.path("indexed").asLong(),
        node.path("truncated").asLong(),
        node.path("skipped").asLong(),
        node.path("encrypted").asLong(),
        node.path("failed").asLong(),
        node.path("deleted").asLong(),
        node.path("chunks").asLong(),
        node.path("tokens").asLong(),
        node.path("bytes").asLong(),
        node.path("last").asLong());
  }
}
