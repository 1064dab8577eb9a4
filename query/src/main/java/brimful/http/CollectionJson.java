package brimful.http;

import brimful.collection.library.Collection;
import brimful.collection.library.CollectionSource;
import brimful.collection.library.Job;
import brimful.collection.library.OpenCollection;
import brimful.collection.schedule.SyncSchedule;
import brimful.corpus.Coverage;
import brimful.http.edge.HttpJson;
import brimful.ingest.Ingested;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The JSON of collections and jobs.
final class CollectionJson {
  private CollectionJson() {}

  /// Returns a collection with its counts.
  static ObjectNode collection(
      Caller caller, Collection collection, String tokenizer, OpenCollection reading) {
    ObjectNode node =
        HttpJson.object()
            .put("name", collection.name())
            .put("created", collection.created().toString())
            .put("tokenizer", tokenizer)
            .put("documents", reading.snapshot().outlines().size())
            .put(
                "tokens",
                reading.snapshot().outlines().stream().mapToLong(one -> one.tokens()).sum());
    Ingested ingested = reading.ingested();
    node.set("coverage", coverage(caller, ingested));
    node.put("secrets", ingested.secrets().count());
    ArrayNode sources = node.putArray("sources");
    Map<String, String> enclosed = collection.enclosed();
    collection.sources().forEach(one -> sources.add(source(caller, one, enclosed)));
    return node;
  }

  /// @param enclosed see [Collection#enclosed]
  static ObjectNode source(Caller caller, CollectionSource source, Map<String, String> enclosed) {
    ObjectNode node =
        HttpJson.object()
            .put("id", source.id())
            .put(
                "location",
                source.isUploads() ? "uploads" : Redaction.location(caller, source.location()))
            .put("added", source.added().toString());
    node.put("synced", source.isSynced() ? source.synced().toString() : null);
    node.put("job", source.job().isEmpty() ? null : source.job());
    boolean timed = !source.every().isZero() && !source.isUploads();
    node.put("every", timed ? SyncSchedule.display(source.every()) : null);
    // A source that was never read is read now.
    node.put(
        "next",
        timed && source.isSynced() ? source.synced().plus(source.every()).toString() : null);
    node.put("lies_in", enclosed.get(source.id()));
    return node;
  }

  static ObjectNode coverage(Caller caller, Ingested ingested) {
    ObjectNode node = counts(ingested.coverage());
    node.set("members", counts(ingested.memberCoverage()));
    ArrayNode gaps = node.putArray("gaps");
    ingested.gaps().forEach(gap -> gaps.add(Redaction.line(caller, gap)));
    return node;
  }

  private static ObjectNode counts(Coverage coverage) {
    ObjectNode node = HttpJson.object();
    coverage.counts().forEach(node::put);
    return node;
  }

  static ObjectNode job(Caller caller, Job job, Instant now) {
    Job.Counts counts = job.counts();
    ObjectNode node =
        HttpJson.object()
            .put("id", job.id())
            .put("collection", job.collection())
            .put("source", job.source())
            .put("kind", job.kind().name().toLowerCase(Locale.ROOT))
            .put("state", job.state().name().toLowerCase(Locale.ROOT))
            .put("files", counts.files())
            .put("read", counts.read())
            .put("bytes", counts.bytes())
            .put("bytes_read", counts.bytesRead())
            .put("tokens", counts.tokens())
            .put("failed", counts.failed())
            .put("removed", counts.removed())
            .put("created", job.created().toString())
            .put("started", time(job.started()))
            .put("ended", time(job.ended()))
            .put("files_per_second", Math.round(10 * job.filesPerSecond(now)) / 10.0);
    Optional<Duration> left = job.left(now);
    if (left.isPresent()) {
      node.put("eta_seconds", left.get().toSeconds());
    } else {
      node.putNull("eta_seconds");
    }
    return node.put("error", job.error().isEmpty() ? null : Redaction.line(caller, job.error()))
        .put("notice", job.notice().isEmpty() ? null : Redaction.line(caller, job.notice()));
  }

  private static @org.jspecify.annotations.Nullable String time(Instant time) {
    return time.equals(Instant.MAX) ? null : time.toString();
  }
}
