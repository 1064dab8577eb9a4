package brimful.rank;

import brimful.corpus.UserError;
import brimful.corpus.WellFormed;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/// A question as the person wrote it, with lone surrogates replaced.
///
/// @param today the day on which it is asked, which `last week` refers to; empty if nobody says it
public record Question(String text, Optional<LocalDate> today) {
  /// The longest question, in characters: a bug report with its logs, but not a book.
  public static final int CHARS_MAX = 200_000;

  public Question {
    text = WellFormed.text(text);
    if (text.isBlank()) {
      throw new UserError(UserError.Kind.USAGE, "the question is empty: ask something");
    }
    text = checked(text);
  }

  /// Returns a question of no known day.
  public Question(String text) {
    this(text, Optional.empty());
  }

  /// Returns a question's text if it is not too long; every door checks before it does any work.
  ///
  /// @throws UserError if it is longer than [#CHARS_MAX]
  public static String checked(String text) {
    if (text.length() > CHARS_MAX) {
      throw new UserError(
          UserError.Kind.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "the question has more than %,d characters: put long text into a file and ask about the file",
              CHARS_MAX));
    }
    return text;
  }

  /// Returns the beginning of a text that was assembled from questions, up to the allowed length.
  public static String beginning(String text) {
    if (text.length() <= CHARS_MAX) {
      return text;
    }
    boolean pair = Character.isHighSurrogate(text.charAt(CHARS_MAX - 1));
    return text.substring(0, pair ? CHARS_MAX - 1 : CHARS_MAX);
  }
}
