package brimful.index.score;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The most frequent words that questions on a commit had, and how often each chunk and document
/// has them.
///
/// Most postings of a question are those of a few words: "the", "new", and what all of the
/// collection is about. Decoding them takes time in proportion to the text; adding what is known of
/// them takes a tenth of it. Counting takes longer than decoding, so a word is counted when it is
/// asked for the second time: a single question is not delayed. Safe for many threads.
public final class FrequentWords {
  /// Fewer postings are decoded in no time.
  private static final long POSTINGS_MIN = 20_000;

  /// The most that the words of a commit take; one is kept however large it is.
  private static final long BYTES_MAX = 56L << 20;

  /// More words that were asked for once are forgotten.
  private static final int ASKED_MAX = 1_000;

  private final Set<Terms> asked = new HashSet<>();
  private final Map<Terms, Known> words = new HashMap<>();
  private long bytes;

  /// Whether a word had to make room.
  private boolean full;

  /// The terms of an index that are one word.
  ///
  /// @param derived count for documents only
  private record Terms(Set<String> forms, Set<String> derived) {}

  /// A word that was counted.
  ///
  /// @param postings of all its forms: what need not be decoded
  private record Known(Counts counts, long postings) {}

  /// How often chunks, by their keys, and documents, by their numbers, have a word.
  public static final class Counts {
    private final Occurrences chunks;
    private final Occurrences documents;

    /// @param chunks counts by key
    /// @param documents counts by number
    public Counts(int[] chunks, int[] documents) {
      this.chunks = new Occurrences(chunks);
      this.documents = new Occurrences(documents);
    }

    /// Adds the word to the scores of chunks and documents.
    public void addTo(ScoreSums ofChunks, ScoreSums ofDocuments, float weight) {
      ofChunks.add(chunks, weight);
      ofDocuments.add(documents, weight);
    }

    private long bytes() {
      return chunks.bytes() + documents.bytes();
    }
  }

  /// Counts a word that is not known yet.
  @FunctionalInterface
  public interface Counter {
    Counts count() throws IOException;
  }

  /// Returns how often a word occurs; empty if it is not one of the most frequent, or is asked for
  /// the first time.
  ///
  /// @param postings of all its forms
  /// @param counter is called if the word is not known, but will be
  public Optional<Counts> of(
      Collection<String> forms, Collection<String> derived, long postings, Counter counter)
      throws IOException {
    if (postings < POSTINGS_MIN) {
      return Optional.empty();
    }
    var terms = new Terms(Set.copyOf(forms), Set.copyOf(derived));
    Counts known = known(terms);
    if (known == null && isWanted(terms, postings)) {
      // Two threads may count the same word; neither waits for the other.
      known = counter.count();
      keep(terms, new Known(known, postings));
    }
    return Optional.ofNullable(known);
  }

  private synchronized @Nullable Counts known(Terms terms) {
    Known known = words.get(terms);
    return known == null ? null : known.counts;
  }

  private synchronized boolean isWanted(Terms terms, long postings) {
    if (full && postings <= rarest().getValue().postings) {
      return false;
    }
    if (asked.size() >= ASKED_MAX) {
      asked.clear();
    }
    return !asked.add(terms);
  }

  private synchronized void keep(Terms terms, Known counted) {
    asked.remove(terms);
    if (words.put(terms, counted) == null) {
      bytes += counted.counts.bytes();
    }
    while (bytes > BYTES_MAX && words.size() > 1) {
      full = true;
      Map.Entry<Terms, Known> rarest = rarest();
      words.remove(rarest.getKey());
      bytes -= rarest.getValue().counts.bytes();
    }
  }

  private Map.Entry<Terms, Known> rarest() {
    return Collections.min(
        words.entrySet(), Map.Entry.comparingByValue(Comparator.comparingLong(Known::postings)));
  }
}
