package brimful.eval;

import brimful.corpus.UserError;
import brimful.rank.Question;
import java.util.List;
import java.util.Map;

/// A question with its known evidence.
///
/// @param corpus the part of the corpus it is asked of, such as `repo.git@COMMIT`; empty for all
/// @param files the files with evidence, whose ranks are measured
/// @param gold the evidence itself
/// @param grades the relevance of each file, if it is graded
/// @param answer a short string that the window should contain; empty if unknown
/// @param evidence the text of the evidence; empty if unknown
/// @param labels its other fields with a single value, by name, such as a category
/// @param lines lines of files that the window should contain, by their role
public record GoldQuestion(
    String id,
    String text,
    String corpus,
    List<String> files,
    List<Gold> gold,
    Map<String, Double> grades,
    String answer,
    String evidence,
    Map<String, String> labels,
    Map<LineGold, List<FileLines>> lines) {

  /// The role of lines for the question.
  public enum LineGold {
    /// A function that must be read completely.
    FUNCTION("gold_units"),
    /// Lines that change together, with what is around them.
    LINE("gold_hunks"),
    /// The relevant lines themselves.
    SPAN("gold_spans");

    final String field;

    LineGold(String field) {
      this.field = field;
    }
  }

  /// Lines of a file, one-based and inclusive.
  public record FileLines(String file, int first, int last) {}

  public GoldQuestion {
    text = Question.checked(text);
    files = List.copyOf(files);
    gold = List.copyOf(gold);
    grades = Map.copyOf(grades);
    labels = Map.copyOf(labels);
    lines = Map.copyOf(lines);
    if (text.isBlank() || (files.isEmpty() && gold.isEmpty())) {
      throw new UserError(
          UserError.Kind.INPUT,
          "question %s has no text or no gold: give both, or leave it out".formatted(id));
    }
  }
}
