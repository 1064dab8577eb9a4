package brimful.opensearch;

import brimful.index.EngineCatalog.Address;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What was found of one index, best first by the engine's scores. For one thread.
final class EngineShortlist {
  /// More than a division and a multiplication are off.
  private static final double ROUNDING = 1e-9;

  private final CommitQueries.Search search;
  private final Predicate<Address> wanted;
  private final Taker taker;
  private int size;
  private boolean strays;
  private Optional<SearchAnswer.Found> last = Optional.empty();

  /// What is not found has at most this score of the engine; 0 if all is found.
  private double restMax = Double.POSITIVE_INFINITY;

  /// @param wanted which records count; the search may find some others
  EngineShortlist(CommitQueries.Search search, Predicate<Address> wanted, Taker taker) {
    this.search = search;
    this.wanted = wanted;
    this.taker = taker;
  }

  /// Takes in that a record has a form of a word.
  interface Taker {
    void take(int word, String form, Address address, double weight);
  }

  /// Returns the next request.
  ///
  /// @param more how many it finds at most
  /// @param score an exact one that each may have; 0 for any
  CommitQueries.Page next(int more, double score) {
    // Of a few, none may be wanted.
    int limit = strays ? OpenSearchSchema.HITS_MAX : Math.clamp(more, 1, OpenSearchSchema.HITS_MAX);
    double least = score / search.saturation().bound() * (1 - ROUNDING);
    return new CommitQueries.Page(search, limit, last, least);
  }

  void add(CommitQueries.Page page, List<SearchAnswer.Found> hits) {
    for (SearchAnswer.Found found : hits) {
      if (wanted.test(found.address())) {
        size++;
        search.terms(found, taker);
      } else {
        strays = true;
      }
    }
    boolean isLast = hits.size() < page.limit();
    restMax = isLast ? page.scoreMin() : hits.getLast().score();
    last = hits.isEmpty() ? last : Optional.of(hits.getLast());
  }

  CommitQueries.Search search() {
    return search;
  }

  int size() {
    return size;
  }

  boolean isUnasked() {
    return restMax == Double.POSITIVE_INFINITY;
  }

  boolean isAll() {
    return restMax == 0;
  }

  /// Whether nothing else can have a score as high as one.
  boolean isCertain(double score) {
    return restMax * search.saturation().bound() <= score;
  }
}
