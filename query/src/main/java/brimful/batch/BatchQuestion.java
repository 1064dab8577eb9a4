package brimful.batch;

import brimful.corpus.UserError;
import brimful.corpus.WellFormed;
import brimful.rank.Question;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A question of a batch: a column of its table.
///
/// @param id names it in the table and in the model's reply
/// @param type the kind of answer
/// @param choices the words to choose from; empty except for [AnswerType#CHOICE]
/// @param schema the JSON schema for the answer, instead of the type's; empty for none
public record BatchQuestion(
    String id, String text, AnswerType type, List<String> choices, String schema) {
  /// More questions make more columns than anybody reads.
  static final int QUESTIONS_MAX = 1_000;

  private static final Pattern ID = Pattern.compile("[\\p{L}\\p{N}_.-]{1,64}");

  public BatchQuestion {
    choices = choices.stream().map(WellFormed::text).toList();
    text = WellFormed.text(Question.checked(text.strip()));
    if (!ID.matcher(id).matches()) {
      throw new UserError(
          UserError.Kind.INPUT,
          "question id \"%s\": use 1 to 64 letters, digits, dots, dashes and underscores"
              .formatted(id));
    }
    if (text.isEmpty()) {
      throw new UserError(
          UserError.Kind.INPUT, "question %s is empty: ask something".formatted(id));
    }
    if ((type == AnswerType.CHOICE && schema.isEmpty()) == choices.isEmpty()) {
      throw new UserError(
          UserError.Kind.INPUT,
          choices.isEmpty()
              ? "question %s is a choice without choices: list them, as in yes|no|unknown"
                  .formatted(id)
              : "question %s has choices and is not a choice: give it the type choice"
                  .formatted(id));
    }
  }

  /// Returns a question that asks for text.
  public static BatchQuestion of(String id, String text) {
    return new BatchQuestion(id, text, AnswerType.TEXT, List.of(), "");
  }

  /// Checks a set of questions.
  ///
  /// @throws UserError if there are none, too many, or two of one id
  static List<BatchQuestion> checked(List<BatchQuestion> questions) {
    if (questions.isEmpty() || questions.size() > QUESTIONS_MAX) {
      throw new UserError(
          UserError.Kind.INPUT,
          String.format(
              Locale.ROOT,
              "%,d questions: give between 1 and %,d",
              questions.size(),
              QUESTIONS_MAX));
    }
    var ids = new HashSet<String>();
    var hashes = new HashSet<String>();
    for (BatchQuestion question : questions) {
      if (!ids.add(question.id())) {
        throw new UserError(
            UserError.Kind.INPUT,
            "two questions have the id %s: give each its own".formatted(question.id()));
      }
      if (!hashes.add(question.hash())) {
        throw new UserError(
            UserError.Kind.INPUT,
            "question %s is asked twice: leave one out".formatted(question.id()));
      }
    }
    return List.copyOf(questions);
  }

  /// Returns the same question, checked against a schema.
  BatchQuestion with(String other) {
    return new BatchQuestion(id, text, type, other.isEmpty() ? choices : List.of(), other);
  }

  /// Returns an identifier of this question. Its id is only a label, and not part of it.
  String hash() {
    return ContentHash.of(text, type.name(), String.join("\u0000", choices), schema);
  }
}
