package brimful.opensearch;

import brimful.index.EngineCatalog;
import brimful.index.EngineCatalog.Address;
import brimful.index.Hit;
import brimful.index.Snapshot.Matches;
import brimful.index.SnapshotPart;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

  /// One more for so many: what is usually needed to be certain.
  private static final int SPARE = 5;

  private final EngineQuestion question;
  private final SearchLimits limits;

  /// Empty for the whole commit.
  private final Optional<EnginePart> part;

  private final EngineCatalog.Scores scores;
  private final EngineShortlist chunks;
  private final EngineShortlist documents;
  private Matches exact;

  EngineMatches(EngineQuestion question, SearchLimits limits) {
    this(question, limits, Optional.empty());
  }

  private EngineMatches(EngineQuestion question, SearchLimits limits, Optional<EnginePart> part) {
    this.question = question;
    this.limits = limits;
    this.part = part;
    scores = question.scores(this::isWanted);
    chunks =
        new EngineShortlist(
            filtered(question.chunks(), EnginePart::ofChunks),
            address -> part.isEmpty() || part.get().hasChunk(address),
            scores::chunk);
    documents =
        new EngineShortlist(
            filtered(question.documents(), EnginePart::ofDocuments),
            address -> isWanted(address) && !question.isParted(address),
            scores::document);
    exact = scores.matches();
  }

  /// Whether the document of an address is.
  private boolean isWanted(Address address) {
    return part.isEmpty() || part.get().hasDocument(address);
  }

  private CommitQueries.Search filtered(
      CommitQueries.Search search, Function<EnginePart, Optional<EnginePart.Records>> records) {
    return search.with(question.view().queries().filters(part.flatMap(records), limits.filter()));
  }

  /// Asks the engine for the part alone, of which the best of the whole may have nothing.
  @Override
  public Matches within(SnapshotPart within) {
    var own = new EnginePart(question.view().catalog(), within);
    return new EngineMatches(question, limits, Optional.of(own));
  }

  @Override
  public List<Hit> chunks(int limit) {
    int wanted = Math.min(limit, limits.chunks());
    reach(chunks, wanted);
    return numbered(certain(chunks, wanted, number -> exact.chunks(number)));
  }

  private List<Hit> numbered(List<Hit> hits) {
    return part.isPresent() ? part.get().numbered(hits) : hits;
  }

  @Override
  public List<Hit> documents(int limit) {
    List<Hit> best = bestDocuments(Math.min(limit, limits.documents()));
    if (limit <= limits.documents()) {
      return numbered(best);
    }
    return numbered(documents.isAll() ? exact.documents(limit) : withOthers(best));
  }

  @Override
  public void documents(int limit, float[] into) {
    List<Hit> best = bestDocuments(Math.min(limit, limits.documents()));
    numbered(best).forEach(hit -> into[hit.document()] = hit.score());
  }

  private List<Hit> bestDocuments(int wanted) {
    reach(documents, wanted);
    return certain(documents, wanted, number -> exact.documents(number));
  }

  /// Returns the best, and after them all others that match, in canonical order, with no score.
  private List<Hit> withOthers(List<Hit> best) {
    List<Address> all =
        question.view().queries().all(documents.search()).stream().filter(this::isWanted).toList();
    BitSet others = question.view().catalog().documents(all);
    best.forEach(hit -> others.clear(hit.document()));
    return Stream.concat(
            best.stream(), others.stream().mapToObj(document -> new Hit(document, 0, 0)))
        .toList();
  }

  /// Fetches as many as are wanted, and some to spare.
  private void reach(EngineShortlist list, int wanted) {
    while (!list.isAll() && list.size() < wanted) {
      int more = spared(wanted) - list.size();
      if (list == chunks && documents.isUnasked()) {
        // These will be asked for next.
        fetch(List.of(list, documents), List.of(more, spared(limits.documents())), 0);
      } else {
        fetch(List.of(list), List.of(more), 0);
      }
    }
  }

  private static int spared(int wanted) {
    return wanted + wanted / SPARE;
  }

  /// Returns the best of a list, after all were fetched that may be among them.
  private List<Hit> certain(EngineShortlist list, int wanted, IntFunction<List<Hit>> best) {
    List<Hit> hits = best.apply(wanted);
    while (wanted > 0 && !list.isAll()) {
      double least = hits.size() < wanted ? 0 : hits.getLast().score();
      if (least > 0 && list.isCertain(least)) {
        return hits;
      }
      if (list.size() >= limits.found()) {
        LOG.info("more match alike than are looked at index={}", list.search().index());
        return hits;
      }
      fetch(List.of(list), List.of(limits.found() - list.size()), least);
      hits = best.apply(wanted);
    }
    return hits;
  }

  private void fetch(List<EngineShortlist> lists, List<Integer> more, double score) {
    var pages = new ArrayList<CommitQueries.Page>();
    for (int at = 0; at < lists.size(); at++) {
      pages.add(lists.get(at).next(more.get(at), score));
    }
    List<List<SearchAnswer.Found>> found = question.view().queries().search(pages);
    for (int at = 0; at < lists.size(); at++) {
      lists.get(at).add(pages.get(at), found.get(at));
    }
    exact = scores.matches();
  }
}
