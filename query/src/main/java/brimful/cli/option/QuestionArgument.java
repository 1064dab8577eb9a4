package brimful.cli.option;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.collection.Locations;
import brimful.corpus.UserError;
import brimful.rank.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// The question on a command line, or from standard input.
public final class QuestionArgument {
  private static final String STANDARD_INPUT = "-";

  /// A character takes four bytes at most; nothing beyond the limit is read.
  private static final int BYTES_MAX = 4 * (Question.CHARS_MAX + 1);

  private QuestionArgument() {}

  /// Returns the question, which is the last word after one path or more.
  ///
  /// @param words the words that are not options; two at least
  public static String last(List<String> words, Terminal terminal) {
    String word = words.getLast();
    var paths = new Locations(words.subList(0, words.size() - 1));
    if (!word.equals(STANDARD_INPUT) && isPath(word)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s is here, and no question stands behind it: put the question last, in quotes"
              .formatted(word));
    }
    return of(word, paths, terminal);
  }

  /// Returns a question, read from standard input if it is `-`.
  ///
  /// @param paths the corpus of the question
  public static String of(String word, Locations paths, Terminal terminal) {
    if (word.equals(STANDARD_INPUT) && paths.readStandardInput()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "standard input cannot be a document and the question: write one of them to a file");
    }
    return of(word, terminal);
  }

  public static String of(String word, Terminal terminal) {
    if (!word.equals(STANDARD_INPUT)) {
      return Question.checked(word).strip();
    }
    try {
      byte[] bytes = terminal.typed("the question").readNBytes(BYTES_MAX);
      return Question.checked(new String(bytes, UTF_8)).strip();
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.IO, "cannot read the question from standard input: " + e.getMessage(), e);
    }
  }

  /// Returns whether a word is a local path rather than a question: a question mark marks a
  /// question of one word.
  private static boolean isPath(String word) {
    try {
      return !word.isBlank()
          && word.chars().noneMatch(Character::isWhitespace)
          && Files.exists(Path.of(word));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
