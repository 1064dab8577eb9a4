package brimful.service;

import brimful.corpus.DocumentId;
import brimful.index.ChunkRef;
import brimful.index.Snapshot;
import brimful.rank.Question;
import brimful.rank.Ranker;
import brimful.rank.Ranking;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Finds documents and the best chunks of each.
///
/// A list of chunks shows few documents: the best documents have dozens of chunks, and each of them
/// ranks before the first chunk of the next document.
final class DocumentSearch {
  private DocumentSearch() {}

  /// Returns the documents that match and have chunks that match, in the order of the ranking.
  static FoundDocument.Page of(Snapshot snapshot, Question asked, FoundDocument.Wanted wanted) {
    Ranking ranking = new Ranker().rank(asked, snapshot, Ranker.chunkLimit(0));
    Map<DocumentId, List<ChunkRef>> chunks = new HashMap<>();
    for (Ranking.RankedChunk one : ranking.chunks()) {
      List<ChunkRef> best = chunks.computeIfAbsent(one.chunk().document(), _ -> new ArrayList<>());
      if (best.size() < wanted.chunksMax()) {
        best.add(one.chunk());
      }
    }
    List<DocumentId> documents =
        ranking.documents().stream()
            .filter(one -> one.score() > 0)
            .map(Ranking.RankedDocument::document)
            .filter(chunks::containsKey)
            .skip(wanted.skip())
            .limit(wanted.limit() + 1L)
            .toList();
    List<FoundDocument> page =
        documents.stream()
            .limit(wanted.limit())
            .map(id -> new FoundDocument(id, snapshot.read(Objects.requireNonNull(chunks.get(id)))))
            .toList();
    return new FoundDocument.Page(page, documents.size() > wanted.limit());
  }
}
