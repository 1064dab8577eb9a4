package brimful.cli.setup;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.cli.Option;

/// What a shell needs to know of a command.
///
/// @param help its usage, which ends at the first blank line, and more
public record CommandTable(String name, String summary, String help, List<Option> options) {
  public CommandTable {
    options = List.copyOf(options);
  }

  /// Returns the verbs that may follow its name, as its usage lists them.
  List<String> verbs() {
    Pattern verb = Pattern.compile("brimful " + name + " \\[?([a-z]++)\\]?(?=\\s|$)");
    return help.lines()
        .takeWhile(line -> !line.isBlank())
        .flatMap(line -> verb.matcher(line).results().map((MatchResult found) -> found.group(1)))
        .distinct()
        .toList();
  }

  /// What may follow an option.
  sealed interface Value {
    /// Nothing: it is a flag.
    record None() implements Value {}

    /// A file or a folder.
    record Files() implements Value {}

    /// One of some words.
    record Words(List<String> words) implements Value {
      public Words {
        words = List.copyOf(words);
      }
    }

    /// Something that a shell cannot know.
    record Text() implements Value {}
  }

  /// Returns what may follow an option.
  ///
  /// Words are read from the option's description, such as `off, auto or all (default: auto)`.
  ///
  /// @param models the names of models
  Value value(Option option, List<String> models) {
    if (!option.hasArg()) {
      return new Value.None();
    }
    if (option.getLongOpt().equals("model")) {
      return new Value.Words(models);
    }
    if (option.getArgName() != null && option.getArgName().matches("(FILE|DIR|PATH|FOLDER).*")) {
      return new Value.Files();
    }
    List<String> words = Choices.in(option.getDescription());
    return words.isEmpty() ? new Value.Text() : new Value.Words(words);
  }

  /// Finds `a, b or c` in a description.
  private static final class Choices {
    private static final String WORD = "[a-z][a-z0-9]*+(?: \\(default\\))?";
    private static final Pattern LIST =
        Pattern.compile("(?:^|: )((?:%s, )*+%s or %s)(?:$| \\(|,)".formatted(WORD, WORD, WORD));

    private Choices() {}

    static List<String> in(String description) {
      var list = LIST.matcher(description);
      return list.find()
          ? List.of(list.group(1).replace(" (default)", "").split(", | or "))
          : List.of();
    }
  }
}
