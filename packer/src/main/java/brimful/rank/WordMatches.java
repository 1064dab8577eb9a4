package brimful.rank;

import brimful.corpus.DocumentId;
import brimful.index.Hit;
import brimful.index.Snapshot;
import brimful.index.Terms;
import brimful.index.term.NaturalLanguage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The documents that have any word of a question, or a related form of one.
///
/// Words that carry only grammar do not count, and misspelt words count as those that are meant.
public final class WordMatches {
  private WordMatches() {}

  /// Returns the documents; empty if the question has no word that tells documents apart, so that
  /// nothing can be left out for want of a match.
  public static Optional<Set<DocumentId>> of(Question question, Snapshot snapshot) {
    String text = Misspellings.mended(question, Misspellings.of(question, snapshot)).text();
    String content = FunctionWords.without(CompleteQuestion.without(text));
    var terms = new Terms(List.of(new Terms.Passage(content, 1)), NaturalLanguage.of(text), true);
    Snapshot.Matches matches = snapshot.matches(terms);
    var documents = new HashSet<DocumentId>();
    matches.documents(Integer.MAX_VALUE).stream().map(Hit::document).forEach(documents::add);
    matches.chunks(Integer.MAX_VALUE).stream().map(Hit::document).forEach(documents::add);
    return documents.isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(documents));
  }
}
