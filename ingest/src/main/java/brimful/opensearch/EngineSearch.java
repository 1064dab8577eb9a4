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
    Optional<WordForms> forms = terms.forms() ? Optional.of(forms(language.get())) : Optional.empty();
    List<Counted> words = counted(EngineCatalog.words(terms, forms));
    if (words.isEmpty()) {
      return scores.matches();
    }
    var chunks = new ArrayList<CommitQueries.Clause>();
    var documents = new ArrayList<CommitQueries.Clause>();
    for (int at = 0; at < words.size(); at++) {
      Counted one = words.get(at);
      scores.word(one.word().weight(), one.chunks(), one.documents());
      add(chunks, at, one.forms(), scores.chunkBoost(at));
      add(documents, at, one.all(), scores.documentBoost(at));
    }
    return new EngineMatches(
        view,
        scores,
        new CommitQueries.Search(chunkIndex, chunks, catalog.ofChunks()),
        new CommitQueries.Search(documentIndex, documents, catalog.ofDocuments()));
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
