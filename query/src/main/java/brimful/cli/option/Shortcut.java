package brimful.cli.option;

import brimful.corpus.UserError;
import brimful.source.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What people type without a command: a question, alone or behind what it is about.
public final class Shortcut {
  private static final String ASK = "ask";
  private static final String HERE = ".";

  /// Fewer could be a command with a typo and its argument.
  private static final int UNQUOTED_WORDS_MIN = 3;

  private Shortcut() {}

  /// Returns the command line that is meant by one that begins with no command.
  ///
  /// @return empty if it does not look like a question
  /// @throws UserError if it looks like a question without quotes
  public static Optional<List<String>> meant(List<String> words) {
    String first = words.getFirst();
    if (isOption(first) && words.stream().anyMatch(Shortcut::isQuestion)) {
      var meant = new ArrayList<>(List.of(ASK));
      meant.addAll(words);
      return Optional.of(meant);
    }
    if (isQuestion(first)) {
      var meant = new ArrayList<>(List.of(ASK, HERE));
      meant.addAll(words);
      return Optional.of(meant);
    }
    boolean about = isPlace(first) && words.stream().skip(1).anyMatch(Shortcut::isQuestion);
    if (about) {
      var meant = new ArrayList<>(List.of(ASK));
      meant.addAll(words);
      return Optional.of(meant);
    }
    if (words.size() >= UNQUOTED_WORDS_MIN && words.stream().noneMatch(Shortcut::isOption)) {
      requireQuotes(words);
    }
    return Optional.empty();
  }

  /// Returns what to type instead of a command line that means nothing.
  ///
  /// @param commands their names
  /// @return empty if it is like nothing that people ask
  public static Optional<String> hint(List<String> words, List<String> commands) {
    String first = words.getFirst();
    if (isOption(first)) {
      return Optional.of(
          words.stream()
              .filter(commands::contains)
              .findFirst()
              .map(command ->
                  "put options behind the command, as in brimful %s %s".formatted(command, first))
              .orElse(
                  "put options behind the question, as in brimful \"how does it work?\" " + first));
    }
    if (isPlace(first)) {
      return Optional.of("to ask about it, write brimful ask %s \"…\"".formatted(first));
    }
    return words.size() == 1 && first.matches("\\p{L}++")
        ? Optional.of("if it is a question, write brimful ask . \"%s\"".formatted(first))
        : Optional.empty();
  }

  /// Checks that words before the last are places, and not the rest of a question.
  ///
  /// @param words of `ask` that are no options; if the last is a place, there is no question
  public static void requireQuotes(List<String> words) {
    if (isPlace(words.getLast())) {
      return;
    }
    for (int i = 0; i < words.size() - 1; i++) {
      if (!isPlace(words.get(i)) && words.get(i).matches("[\\p{L}\\p{N}',]++")) {
        List<String> places = i == 0 ? List.of(HERE) : words.subList(0, i);
        throw new UserError(
            UserError.Kind.USAGE,
            "\"%s\" is neither a command nor a file or folder: if it belongs to the question, put that in quotes: brimful ask %s \"%s\""
                .formatted(
                    words.get(i),
                    String.join(" ", places),
                    String.join(" ", words.subList(i, words.size()))));
      }
    }
  }

  /// Returns whether a word is a question rather than a path: it has spaces or a question mark, and
  /// no file has that name.
  public static boolean isQuestion(String word) {
    return !isOption(word)
        && !isPlace(word)
        && (word.strip().chars().anyMatch(Character::isWhitespace)
            || word.strip().matches(".*[?？؟]"));
  }

  private static boolean isPlace(String word) {
    return !word.isBlank() && (word.equals("-") || Sources.isThere(RepositoryName.address(word)));
  }

  private static boolean isOption(String word) {
    return word.length() > 1 && word.startsWith("-");
  }
}
