package brimful.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import brimful.index.EngineBlock;
import brimful.index.EngineCatalog;
import brimful.index.term.WordList;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a process knows of a commit. A later commit's is made from it and what changed since. Safe
/// for many threads.
final class CommitView {
  private final CommitRecord commit;
  private final CommitQueries queries;
  private final Map<Long, EngineBlock> blocks;
  private final Set<String> words;
  private final EngineCatalog catalog;
  private final WordList wordList;
  private final RecentCounts counts = new RecentCounts();

  private CommitView(
      CommitRecord commit,
      CommitQueries queries,
      Map<Long, EngineBlock> blocks,
      Set<String> words) {
    this.commit = commit;
    this.queries = queries;
    this.blocks = blocks;
    this.words = words;
    catalog = catalog(queries, blocks.values());
    wordList = new WordList(words, this::frequencies);
  }

  private static EngineCatalog catalog(CommitQueries queries, Collection<EngineBlock> blocks) {
    try {
      return EngineCatalog.of(blocks);
    } catch (IOException e) {
      throw queries.damaged(e);
    }
  }

  private static EngineBlock block(CommitQueries queries, CommitQueries.Stored stored) {
    try {
      return EngineBlock.of(stored.block(), stored.record());
    } catch (IOException e) {
      throw queries.damaged(e);
    }
  }

  static CommitView none(CommitRecord commit, CommitQueries queries) {
    return new CommitView(commit, queries, Map.of(), Set.of());
  }

  /// Returns the view of a later commit of the same collection.
  CommitView at(CommitRecord later, CommitQueries laterQueries) {
    // What has died since may be gone without a trace.
    boolean anew = later.swept() > commit.committed();
    var present = new HashMap<>(anew ? Map.<Long, EngineBlock>of() : blocks);
    var known = new HashSet<>(anew ? Set.<String>of() : words);
    laterQueries.items(
        anew ? 0 : commit.committed(),
        stored -> {
          if (!later.shows(stored.born(), stored.dead())) {
            present.remove(stored.block());
          } else if (stored.words().length > 0) {
            new String(stored.words(), UTF_8).lines().forEach(known::add);
          } else {
            present.put(stored.block(), block(laterQueries, stored));
          }
        });
    return new CommitView(later, laterQueries, present, known);
  }

  static UserError outdated(String collection) {
    return new UserError(
        UserError.Kind.CONFLICT,
        "collection %s changed so much while it was read that its old texts are gone: ask again"
            .formatted(collection));
  }

  CommitRecord commit() {
    return commit;
  }

  CommitQueries queries() {
    return queries;
  }

  EngineCatalog catalog() {
    return catalog;
  }

  WordList words() {
    return wordList;
  }

  Collection<EngineBlock> blocks() {
    return blocks.values();
  }

  Collection<String> allWords() {
    return words;
  }

  private Map<String, Long> frequencies(Collection<String> terms) {
    List<String> asked = List.copyOf(terms);
    List<Long> found =
        counts(
            asked.stream()
                .map(term -> new CommitQueries.Count(queries.schema().chunks(), List.of(term)))
                .toList());
    var frequencies = new HashMap<String, Long>();
    for (int at = 0; at < asked.size(); at++) {
      frequencies.put(asked.get(at), found.get(at));
    }
    return frequencies;
  }

  /// Returns how many records have terms; each is asked once while it is remembered.
  List<Long> counts(List<CommitQueries.Count> wanted) {
    if (blocks.isEmpty()) {
      return wanted.stream().map(_ -> 0L).toList();
    }
    return counts.of(wanted, queries::counts);
  }
}
