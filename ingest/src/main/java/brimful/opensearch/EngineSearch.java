package brimful.opensearch;

import brimful.index.EngineCatalog;
import brimful.index.Snapshot.Matches;
import brimful.index.Terms;
import brimful.index.term.KnownForms;
import brimful.index.term.NaturalLanguage;
import brimful.index.term.Vocabulary;
import brimful.index.term.WordForms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Prepares a question for the engine: which words it has, with all their forms, and how many
/// chunks and documents have each. [EngineMatches] finds the best of them. For one thread.
final class EngineSearch {
  /// The engine takes 1,024 clauses, of which a few are for the commit.
  private static final int CLAUSES_MAX = 1_000;

  private final CommitView view;
  private final SearchLimits limits;
  private final String chunkIndex;
  private final String documentIndex;

  EngineSearch(CommitView view, SearchLimits limits) {
    this.view = view;
    this.limits = limits;
    chunkIndex = view.queries().schema().chunks();
    documentIndex = view.queries().schema().documents();
  }

  /// A word with how many have it.
  record Counted(WordForms.Word word, long chunks, long documents) {
    List<String> forms() {
      return List.copyOf(word.forms());
    }

    /// Documents also count for derived words.
    List<String> all() {
      return Stream.concat(word.forms().stream(), word.derived().stream()).sorted().toList();
    }
  }

  private WordForms forms(NaturalLanguage language) {
    KnownForms known = view.catalog().derived(KnownForms.class, _ -> new KnownForms());
    return new WordForms(new Vocabulary(view.words()), language, known);
  }

  /// Returns what matches; the engine is asked for it when it is read.
  Matches matches(Terms terms, Supplier<NaturalLanguage> language) throws IOException {
    EngineCatalog catalog = view.catalog();
    EngineCatalog.Scores scores = catalog.scores();
    if (catalog.outlines().isEmpty()) {
      return scores.matches();
    }
    Optional<WordForms> forms =
        terms.forms() ? Optional.of(forms(language.get())) : Optional.empty();
    List<Counted> counted = counted(EngineCatalog.words(terms, forms));
    if (counted.isEmpty()) {
      return scores.matches();
    }
    EngineQuestion.Parted parted = parted(counted);
    List<Counted> words = EngineQuestion.corrected(catalog, counted, parted);
    EngineCatalog.Scores boosts = EngineQuestion.scores(catalog, words);
    var chunks = new ArrayList<CommitQueries.Clause>();
    var documents = new ArrayList<CommitQueries.Clause>();
    for (int at = 0; at < words.size(); at++) {
      add(chunks, at, words.get(at).forms(), boosts.chunkBoost(at));
      add(documents, at, words.get(at).all(), boosts.documentBoost(at));
    }
    return new EngineMatches(
        new EngineQuestion(
            view,
            words,
            new CommitQueries.Search(chunkIndex, chunks, catalog.ofChunks(), List.of()),
            new CommitQueries.Search(documentIndex, documents, catalog.ofDocuments(), List.of()),
            parted),
        limits);
  }

  /// Finds all records of parted documents with any of some words.
  private EngineQuestion.Parted parted(List<Counted> words) {
    EngineCatalog catalog = view.catalog();
    PartedDocuments parted = PartedDocuments.of(catalog);
    var clauses = new ArrayList<CommitQueries.Clause>();
    for (int at = 0; at < words.size(); at++) {
      add(clauses, at, words.get(at).all(), 1);
    }
    var records = new EnginePart.Records(parted.blocks(), List.of());
    var search =
        new CommitQueries.Search(
            documentIndex,
            clauses,
            catalog.ofDocuments(),
            view.queries().filters(Optional.of(records), limits.filter()));
    var found = new ArrayList<SearchAnswer.Found>();
    if (parted.blocks().isEmpty()) {
      return new EngineQuestion.Parted(search, found);
    }
    var list =
        new EngineShortlist(
            search, address -> parted.has(catalog.documentAt(address)), (_, _, _, _) -> {});
    while (!list.isAll() && list.size() < limits.found()) {
      CommitQueries.Page page = list.next(limits.found(), 0);
      List<SearchAnswer.Found> hits = view.queries().search(List.of(page)).getFirst();
      list.add(page, hits);
      hits.stream()
          .filter(hit -> parted.has(catalog.documentAt(hit.address())))
          .forEach(found::add);
    }
    return new EngineQuestion.Parted(search, found);
  }

  private static void add(
      List<CommitQueries.Clause> clauses, int word, List<String> terms, float boost) {
    terms.forEach(term -> clauses.add(new CommitQueries.Clause(word, term, boost)));
  }

  /// Returns the words that any document has, the rarest if they are too many for the engine.
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
}
