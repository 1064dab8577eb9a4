package brimful.opensearch;

import brimful.index.EngineCatalog;
import brimful.index.Hit;
import brimful.index.Snapshot.Matches;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The best chunks and documents of a question, with the scores of an index of this machine.
///
/// The engine's order is nearly that of the exact scores, and an exact score is at most a known
/// multiple of the engine's. So the engine is asked for some more than are wanted, and for all
/// others that may belong to the best, until the rest cannot: what comes out is then the same as on
/// this machine, to the bit. For one thread.
final class EngineMatches implements Matches {
  private static final Logger LOG = LoggerFactory.getLogger(EngineMatches.class);

  /// More chunks than any ranking examines; others have no score.
  static final int CHUNKS_MAX = 40_000;

  /// As many documents as a ranking matches as a whole; others have no score.
  static final int DOCUMENTS_MAX = 20_000;

  /// One more for so many: what is usually needed to be certain.
  private static final int SPARE = 5;

  /// Thousands of chunks with nearly the same score are not worth more: a few of them may be others
  /// than on this machine.
  private static final int FOUND_MAX = 100_000;

  /// More than a division and a multiplication are off.
  private static final double ROUNDING = 1e-9;

  private final CommitView view;
  private final EngineCatalog.Scores scores;
  private final Shortlist chunks;
  private final Shortlist documents;
  private Matches exact;

  EngineMatches(
      CommitView view,
      EngineCatalog.Scores scores,
      CommitQueries.Search chunks,
      CommitQueries.Search documents) {
    this.view = view;
    this.scores = scores;
    this.chunks = new Shortlist(chunks, scores::chunk);
    this.documents = new Shortlist(documents, scores::document);
    exact = scores.matches();
  }

  /// Takes in that a record has a form of a word.
  private interface Taker {
    void take(int word, String form, EngineCatalog.Address address, double weight);
  }

  /// What was found of one index, best first by the engine's scores.
  private static final class Shortlist {
    private final CommitQueries.Search search;
    private final Taker taker;
    private int size;
    private Optional<SearchAnswer.Found> last = Optional.empty();

    /// What is not found has at most this score of the engine; 0 if all is found.
    private double restMax = Double.POSITIVE_INFINITY;

    Shortlist(CommitQueries.Search search, Taker taker) {
      this.search = search;
      this.taker = taker;
    }

    /// Returns the next request.
    ///
    /// @param more how many it finds at most
    /// @param score an exact one that each may have; 0 for any
    CommitQueries.Page next(int more, double score) {
      int limit = Math.clamp(more, 1, OpenSearchSchema.HITS_MAX);
      double least = score / search.saturation().bound() * (1 - ROUNDING);
      return new CommitQueries.Page(search, limit, last, least);
    }

    void add(CommitQueries.Page page, List<SearchAnswer.Found> hits) {
      for (SearchAnswer.Found found : hits) {
        for (int at = 0; at < found.clauses().length; at++) {
          CommitQueries.Clause clause = search.clauses().get(found.clauses()[at]);
          double weight = search.saturation().weightOf(found.scores()[at], clause.boost());
          taker.take(clause.word(), clause.term(), found.address(), weight);
        }
      }
      size += hits.size();
      boolean isLast = hits.size() < page.limit();
      restMax = isLast ? page.scoreMin() : hits.getLast().score();
      last = hits.isEmpty() ? last : Optional.of(hits.getLast());
    }

    boolean isAll() {
      return restMax == 0;
    }

    /// Whether nothing else can have a score as high as one.
    boolean isCertain(double score) {
      return restMax * search.saturation().bound() <= score;
    }
  }

  @Override
  public List<Hit> chunks(int limit) {
    int wanted = Math.min(limit, CHUNKS_MAX);
    reach(chunks, wanted);
    return certain(chunks, wanted, number -> exact.chunks(number));
  }

  @Override
  public List<Hit> documents(int limit) {
    List<Hit> best = bestDocuments(Math.min(limit, DOCUMENTS_MAX));
    return limit > DOCUMENTS_MAX && !documents.isAll() ? withOthers(best) : best;
  }

  @Override
  public void documents(int limit, float[] into) {
    int wanted = Math.min(limit, DOCUMENTS_MAX);
    List<Hit> _ = bestDocuments(wanted);
    exact.documents(wanted, into);
  }

  private List<Hit> bestDocuments(int wanted) {
    // A document in parts lacks those that are not found.
    reach(documents, view.catalog().isWhole() ? wanted : DOCUMENTS_MAX);
    return certain(documents, wanted, number -> exact.documents(number));
  }

  /// Returns the best, and after them all others that match, in canonical order, with no score.
  private List<Hit> withOthers(List<Hit> best) {
    CommitQueries.Search search = documents.search;
    BitSet others = view.catalog().documents(view.queries().all(search.index(), search.clauses()));
    best.forEach(hit -> others.clear(hit.document()));
    return Stream.concat(
            best.stream(), others.stream().mapToObj(document -> new Hit(document, 0, 0)))
        .toList();
  }

  /// Fetches as many as are wanted, and some to spare.
  private void reach(Shortlist list, int wanted) {
    while (!list.isAll() && list.size < wanted) {
      int more = spared(wanted) - list.size;
      if (list == chunks && documents.size == 0) {
        // These will be asked for next.
        fetch(List.of(list, documents), List.of(more, spared(DOCUMENTS_MAX)), 0);
      } else {
        fetch(List.of(list), List.of(more), 0);
      }
    }
  }

  private static int spared(int wanted) {
    return wanted + wanted / SPARE;
  }

  /// Returns the best of a list, after all were fetched that may be among them.
  private List<Hit> certain(Shortlist list, int wanted, IntFunction<List<Hit>> best) {
    List<Hit> hits = best.apply(wanted);
    while (!hits.isEmpty() && !list.isAll()) {
      // Several records may be one document.
      double least = hits.size() < wanted ? 0 : hits.getLast().score();
      if (least > 0 && list.isCertain(least)) {
        return hits;
      }
      if (list.size >= FOUND_MAX) {
        LOG.info("more match alike than are looked at index={}", list.search.index());
        return hits;
      }
      fetch(List.of(list), List.of(FOUND_MAX - list.size), least);
      hits = best.apply(wanted);
    }
    return hits;
  }

  private void fetch(List<Shortlist> lists, List<Integer> more, double score) {
    var pages = new ArrayList<CommitQueries.Page>();
    for (int at = 0; at < lists.size(); at++) {
      pages.add(lists.get(at).next(more.get(at), score));
    }
    List<List<SearchAnswer.Found>> found = view.queries().search(pages);
    for (int at = 0; at < lists.size(); at++) {
      lists.get(at).add(pages.get(at), found.get(at));
    }
    exact = documents.isAll() ? scores.matchesOfAllDocuments() : scores.matches();
  }
}
