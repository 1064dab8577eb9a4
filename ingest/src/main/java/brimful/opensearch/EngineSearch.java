package brimful.opensearch;

import brimful.corpus.DocumentId;
import brimful.index.EngineCatalog;
import brimful.index.Hit;
import brimful.index.Outline;
import brimful.index.Snapshot.Matches;
import brimful.index.Terms;
import brimful.index.term.NaturalLanguage;
import brimful.index.term.Vocabulary;
import brimful.index.term.WordForms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Finds chunks and documents in two rounds: how many have each word, and which are the best.
///
/// The engine orders by weights whose average length is a constant, and returns the best
/// [#SHORTLIST_MAX] with the frequencies of the words. From these, and the counts of the first
/// round, the exact scores are computed as [brimful.index.LuceneIndex] does. Where more chunks
/// match, a third round finds those of the best documents, which fill the window: in them, a chunk
/// between two good ones counts although thousands of others are better. What is not among all
/// these has no score. For one thread.
final class EngineSearch {
  /// So many chunks, chunks of the best documents, and documents are scored.
  static final int SHORTLIST_MAX = 10_000;

  /// The engine takes 1,024 clauses, of which a few are for the commit.
  private static final int CLAUSES_MAX = 1_000;

  private final CommitView view;
  private final String chunkIndex;
  private final String documentIndex;

  EngineSearch(CommitView view) {
    this.view = view;
    chunkIndex = view.queries().schema().chunks();
    documentIndex = view.queries().schema().documents();
  }

  /// A word with how many have it.
  private record Counted(WordForms.Word word, long chunks, long documents) {
    List<String> forms() {
      return List.copyOf(word.forms());
    }

    /// Documents also count for derived words.
    List<String> all() {
      return Stream.concat(word.forms().stream(), word.derived().stream()).sorted().toList();
    }
  }

  /// Clauses, and the number of the word that each is of.
  private record Clauses(List<CommitQueries.Clause> all, List<Integer> words) {
    static Clauses none() {
      return new Clauses(new ArrayList<>(), new ArrayList<>());
    }

    void add(List<String> terms, float boost, int word) {
      for (String term : terms) {
        all.add(new CommitQueries.Clause(term, boost));
        words.add(word);
      }
    }
  }

  Matches matches(Terms terms, Supplier<NaturalLanguage> language) throws IOException {
    EngineCatalog.Scores scores = view.catalog().scores();
    if (view.catalog().outlines().isEmpty()) {
      return scores.matches();
    }
    Optional<WordForms> forms =
        terms.forms()
            ? Optional.of(new WordForms(new Vocabulary(view.words()), language.get()))
            : Optional.empty();
    List<Counted> words = counted(EngineCatalog.words(terms, forms));
    Clauses chunks = Clauses.none();
    Clauses documents = Clauses.none();
    for (int at = 0; at < words.size(); at++) {
      Counted word = words.get(at);
      chunks.add(word.forms(), scores.chunkBoost(word.word().weight(), word.chunks()), at);
      documents.add(word.all(), scores.documentBoost(word.word().weight(), word.documents()), at);
    }
    if (words.isEmpty()) {
      return scores.matches();
    }
    List<List<CommitQueries.Found>> found =
        view.queries()
            .search(
                List.of(
                    new CommitQueries.Search(chunkIndex, chunks.all(), SHORTLIST_MAX, List.of()),
                    new CommitQueries.Search(
                        documentIndex, documents.all(), SHORTLIST_MAX, List.of())));
    var shortlist = new Shortlist(words, chunks, documents, found.getFirst(), found.getLast());
    Matches matches = shortlist.matches();
    if (found.getFirst().size() == SHORTLIST_MAX) {
      matches = shortlist.with(inBlocks(best(matches), chunks)).matches();
    }
    boolean all = found.getLast().size() < SHORTLIST_MAX;
    return all ? matches : new LongMatches(matches, () -> beyond(documents.all()));
  }

  /// What was found, and scores of it.
  private final class Shortlist {
    private final List<Counted> words;
    private final Clauses chunkClauses;
    private final Clauses documentClauses;
    private final List<CommitQueries.Found> chunks;
    private final List<CommitQueries.Found> documents;

    Shortlist(
        List<Counted> words,
        Clauses chunkClauses,
        Clauses documentClauses,
        List<CommitQueries.Found> chunks,
        List<CommitQueries.Found> documents) {
      this.words = words;
      this.chunkClauses = chunkClauses;
      this.documentClauses = documentClauses;
      this.chunks = chunks;
      this.documents = documents;
    }

    /// Returns the same with more chunks, some of which it may have.
    Shortlist with(List<CommitQueries.Found> more) {
      var all = new LinkedHashMap<EngineCatalog.Address, CommitQueries.Found>();
      chunks.forEach(one -> all.put(one.address(), one));
      more.forEach(one -> all.putIfAbsent(one.address(), one));
      return new Shortlist(
          words, chunkClauses, documentClauses, List.copyOf(all.values()), documents);
    }

    Matches matches() {
      EngineCatalog.Scores scores = view.catalog().scores();
      List<List<Occurrence>> inChunks = byWord(chunks, chunkClauses, words.size());
      List<List<Occurrence>> inDocuments = byWord(documents, documentClauses, words.size());
      for (int at = 0; at < words.size(); at++) {
        inChunks.get(at).forEach(one -> scores.chunk(one.address(), one.weight()));
        inDocuments.get(at).forEach(one -> scores.document(one.address(), one.weight()));
        Counted word = words.get(at);
        scores.add(word.word().weight(), word.chunks(), word.documents());
      }
      return scores.matches();
    }
  }

  /// Returns the blocks of documents in turn from those that are the best as a whole and those with
  /// the best chunks, as many as one search finds all chunks of. A block holds a whole item, such
  /// as an archive.
  private Set<Long> best(Matches matches) {
    var order = new LinkedHashSet<DocumentId>();
    Iterator<Hit> wholes = matches.documents(SHORTLIST_MAX).iterator();
    Iterator<DocumentId> chunks =
        matches.chunks(SHORTLIST_MAX).stream().map(Hit::document).distinct().iterator();
    while (wholes.hasNext() || chunks.hasNext()) {
      if (wholes.hasNext()) {
        order.add(wholes.next().document());
      }
      if (chunks.hasNext()) {
        order.add(chunks.next());
      }
    }
    Map<DocumentId, Outline> outlines =
        view.catalog().derived(Outlines.class, Outlines::of).byDocument();
    var best = new TreeSet<Long>();
    int room = SHORTLIST_MAX;
    for (DocumentId id : order) {
      Set<Long> more = Optional.ofNullable(outlines.get(id)).map(this::blocks).orElse(Set.of());
      int chunksOfMore =
          more.stream()
              .filter(block -> !best.contains(block))
              .mapToInt(view.catalog()::chunks)
              .sum();
      if (chunksOfMore <= room || best.isEmpty()) {
        best.addAll(more);
        room -= chunksOfMore;
      }
    }
    return best;
  }

  private Set<Long> blocks(Outline outline) {
    var blocks = new TreeSet<Long>();
    outline.chunks().forEach(ref -> blocks.add(view.catalog().address(ref).block()));
    return blocks;
  }

  private record Outlines(Map<DocumentId, Outline> byDocument) {
    static Outlines of(List<Outline> all) {
      var byDocument = new HashMap<DocumentId, Outline>();
      all.forEach(outline -> byDocument.put(outline.document(), outline));
      return new Outlines(byDocument);
    }
  }

  private List<CommitQueries.Found> inBlocks(Set<Long> blocks, Clauses clauses) {
    return view.queries()
        .search(
            List.of(
                new CommitQueries.Search(
                    chunkIndex, clauses.all(), SHORTLIST_MAX, List.copyOf(blocks))))
        .getFirst();
  }

  /// Returns the words that any chunk has, the rarest if they are too many for the engine.
  private List<Counted> counted(List<WordForms.Word> words) {
    var asked = new ArrayList<CommitQueries.Count>();
    for (WordForms.Word word : words) {
      var unknown = new Counted(word, 0, 0);
      asked.add(new CommitQueries.Count(chunkIndex, unknown.forms()));
      asked.add(new CommitQueries.Count(documentIndex, unknown.all()));
    }
    List<Long> counts = view.counts(asked);
    List<Counted> counted =
        IntStream.range(0, words.size())
            .mapToObj(at -> new Counted(words.get(at), counts.get(2 * at), counts.get(2 * at + 1)))
            .filter(word -> word.documents() > 0)
            .toList();
    int room = CLAUSES_MAX;
    var kept = new HashSet<Integer>();
    for (int at :
        IntStream.range(0, counted.size())
            .boxed()
            .sorted(Comparator.comparing((Integer at) -> counted.get(at).chunks()))
            .toList()) {
      room -= counted.get(at).all().size();
      if (room >= 0) {
        kept.add(at);
      }
    }
    return IntStream.range(0, counted.size())
        .filter(kept::contains)
        .mapToObj(counted::get)
        .toList();
  }

  /// A form of a word in a record.
  private record Occurrence(EngineCatalog.Address address, double weight) {}

  private static List<List<Occurrence>> byWord(
      List<CommitQueries.Found> found, Clauses clauses, int words) {
    List<List<Occurrence>> occurrences = new ArrayList<>();
    for (int at = 0; at < words; at++) {
      occurrences.add(new ArrayList<>());
    }
    for (CommitQueries.Found one : found) {
      one.weights()
          .forEach((clause, weight) ->
              occurrences
                  .get(clauses.words().get(clause))
                  .add(new Occurrence(one.address(), weight)));
    }
    return occurrences;
  }

  private Set<DocumentId> beyond(List<CommitQueries.Clause> clauses) {
    return view.catalog().documents(view.queries().all(documentIndex, clauses));
  }

  /// Matches of which the shortlist does not have all documents.
  private record LongMatches(Matches best, Supplier<Set<DocumentId>> all) implements Matches {
    @Override
    public List<Hit> chunks(int limit) {
      return best.chunks(limit);
    }

    /// Those beyond the shortlist come last, in canonical order, with no score.
    @Override
    public List<Hit> documents(int limit) {
      List<Hit> scored = best.documents(limit);
      // The ranker wants the best, for which the shortlist is long enough.
      if (limit < Integer.MAX_VALUE) {
        return scored;
      }
      var rest = new TreeSet<>(all.get());
      scored.forEach(hit -> rest.remove(hit.document()));
      return Stream.concat(scored.stream(), rest.stream().map(id -> new Hit(id, 0, 0))).toList();
    }
  }
}
