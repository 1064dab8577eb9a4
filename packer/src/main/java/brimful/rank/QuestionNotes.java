package brimful.rank;

import brimful.index.Snapshot;
import brimful.index.term.NaturalLanguage;
import java.util.ArrayList;
import java.util.List;

/// What the person who asked should know about how a question was understood.
public final class QuestionNotes {
  private QuestionNotes() {}

  /// Returns a line for each misspelt word, and one if the documents are in another language; none
  /// usually.
  ///
  /// @param ranking what was found for it
  public static List<String> of(Question question, Snapshot snapshot, Ranking ranking) {
    var notes = new ArrayList<String>();
    ranking
        .misspelt()
        .forEach((word, meant) ->
            notes.add(
                "\"%s\" is nowhere in the documents: read as \"%s…\"".formatted(word, meant)));
    List<NaturalLanguage> spoken = snapshot.languages();
    String most = spoken.getFirst().display();
    NaturalLanguage.of(question.text())
        .filter(language -> !spoken.contains(language))
        .ifPresent(language ->
            notes.add(
                "the question is in %s and most documents are in %s: ask in %s to find more"
                    .formatted(language.display(), most, most)));
    if (ranking.chunks().isEmpty()) {
      notes.add(
          "no word of the question is in the documents, most of which are in %s".formatted(most));
    }
    return notes;
  }
}
