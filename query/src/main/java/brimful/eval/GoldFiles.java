package brimful.eval;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.eval.GoldQuestion.FileLines;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the documents that gold names, by their paths or by the ends of their paths.
///
/// A path that is written out wins over the same path in a deeper folder: gold `client.py` is the
/// file at the top if there is one, and never also `tests/client.py`.
final class GoldFiles {
  private final Set<String> paths = new HashSet<>();
  private final Map<String, List<String>> byName = new HashMap<>();

  /// @param corpus all its documents, those without text too: they count as never found
  GoldFiles(Collection<DocumentId> corpus) {
    for (DocumentId document : corpus) {
      if (paths.add(document.value())) {
        byName
            .computeIfAbsent(name(document.value()), _ -> new ArrayList<>())
            .add(document.value());
      }
    }
  }

  /// Returns a question whose gold has the documents' full paths.
  ///
  /// @throws UserError if the corpus has no such document, or several
  GoldQuestion resolved(GoldQuestion question) {
    var grades = new LinkedHashMap<String, Double>();
    question.grades().forEach((path, grade) -> grades.put(found(path, question), grade));
    var lines = new HashMap<GoldQuestion.LineGold, List<FileLines>>();
    question
        .lines()
        .forEach((kind, ranges) ->
            lines.put(
                kind,
                ranges.stream()
                    .map(range ->
                        new FileLines(found(range.file(), question), range.first(), range.last()))
                    .toList()));
    return new GoldQuestion(
        question.id(),
        question.text(),
        question.corpus(),
        question.files().stream().map(path -> found(path, question)).distinct().toList(),
        question.gold().stream().map(gold -> resolved(gold, question)).toList(),
        grades,
        question.answer(),
        question.evidence(),
        question.labels(),
        lines);
  }

  private Gold resolved(Gold gold, GoldQuestion question) {
    return switch (gold) {
      case Gold.File(String path) -> new Gold.File(found(path, question));
      case Gold.Page(String path, int number) -> new Gold.Page(found(path, question), number);
      case Gold.Chars(String path, int from, int to) ->
          new Gold.Chars(found(path, question), from, to);
      case Gold.Marked marked -> marked;
    };
  }

  private String found(String path, GoldQuestion question) {
    if (paths.contains(path)) {
      return path;
    }
    List<String> deeper =
        byName.getOrDefault(name(path), List.of()).stream()
            .filter(document -> document.endsWith("/" + path))
            .toList();
    if (deeper.size() != 1) {
      throw new UserError(
          UserError.Kind.INPUT,
          "question %s: gold %s names %s of the %s documents: give the path of one"
              .formatted(question.id(), path, deeper.size(), paths.size()));
    }
    return deeper.getFirst();
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
