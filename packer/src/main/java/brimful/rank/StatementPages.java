package brimful.rank;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.index.Hit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/// The pages of some documents that hold the financial statements a question asks for.
///
/// All chunks of such a page get one score, so that the page is packed whole: a figure needs the
/// heads of its columns, and half a statement does not answer.
final class StatementPages {
  /// The share of a chunk's score that is decided by whether its page holds such a statement: as
  /// much as the best match by words.
  private static final float SHARE = 0.5f;

  private final Set<FinancialStatement> asked;

  /// The page of a chunk by its ordinal, for chunks on such pages.
  private final Map<DocumentId, Map<Integer, Page>> pages = new HashMap<>();

  /// Ordinals of chunks, both inclusive.
  private record Page(int first, int last) {}

  StatementPages(String question) {
    asked = FinancialStatement.askedFor(question);
  }

  /// Returns whether the question asks for any statement.
  boolean wanted() {
    return !asked.isEmpty();
  }

  /// Finds such pages.
  ///
  /// @param chunks of whole documents, in reading order
  void add(List<Chunk> chunks) {
    int from = 0;
    for (int next = 1; next <= chunks.size(); next++) {
      if (next == chunks.size() || !samePage(chunks.get(from), chunks.get(next))) {
        add(chunks.get(from), chunks.get(next - 1));
        from = next;
      }
    }
  }

  private static boolean samePage(Chunk one, Chunk other) {
    return one.document().equals(other.document()) && one.locator().equals(other.locator());
  }

  private void add(Chunk first, Chunk last) {
    if (asked.stream().anyMatch(statement -> statement.opens(first.text()))) {
      var page = new Page(first.ordinal(), last.ordinal());
      Map<Integer, Page> ofDocument = pages.computeIfAbsent(first.document(), _ -> new HashMap<>());
      for (int ordinal = page.first; ordinal <= page.last; ordinal++) {
        ofDocument.put(ordinal, page);
      }
    }
  }

  /// Returns hits, and after them the other chunks of the pages found.
  ///
  /// @param numberOf returns a document's number
  List<Hit> with(List<Hit> hits, ToIntFunction<DocumentId> numberOf) {
    if (pages.isEmpty()) {
      return hits;
    }
    var all = new ArrayList<>(hits);
    var found = new HashSet<Hit>();
    hits.forEach(hit -> found.add(new Hit(hit.document(), hit.ordinal(), 0)));
    pages.forEach((document, ofDocument) -> {
      for (int ordinal : ofDocument.keySet().stream().sorted().toList()) {
        var hit = new Hit(numberOf.applyAsInt(document), ordinal, 0);
        if (!found.contains(hit)) {
          all.add(hit);
        }
      }
    });
    return all;
  }

  /// Returns a chunk's score, 0 to 1.
  ///
  /// @param scores of its document's chunks by words
  float score(DocumentId document, int ordinal, float[] scores) {
    if (pages.isEmpty()) {
      return scores[ordinal];
    }
    Page page = pages.getOrDefault(document, Map.of()).get(ordinal);
    if (page == null) {
      return (1 - SHARE) * scores[ordinal];
    }
    float best = 0;
    for (int each = page.first; each <= page.last; each++) {
      best = Math.max(best, scores[each]);
    }
    return (1 - SHARE) * best + SHARE;
  }
}
