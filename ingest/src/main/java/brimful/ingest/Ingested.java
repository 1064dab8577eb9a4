package brimful.ingest;

import brimful.corpus.Coverage;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What an ingest found and did.
///
/// @param outcomes how every file ended, in canonical order: read now, unchanged, or skipped by a
///   rule
/// @param read how many files were read now
/// @param removed how many files have vanished since the last time
/// @param gaps why files may be missing that belong to the corpus, a line each; usually none
public record Ingested(
    SequencedMap<DocumentId, Outcome> outcomes, int read, int removed, List<String> gaps) {
  public Ingested {
    outcomes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outcomes));
    gaps = List.copyOf(gaps);
  }

  public Ingested(SequencedMap<DocumentId, Outcome> outcomes, int read, int removed) {
    this(outcomes, read, removed, List.of());
  }

  /// Returns the counts of the outcomes.
  public Coverage coverage() {
    return Coverage.of(outcomes.values());
  }
}
