package brimful.cli;

import brimful.corpus.UserError;
import brimful.source.Rules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a question is asked of.
sealed interface Corpus {
  /// The options that name files which the run writes, or is told by.
  List<String> FILE_OPTIONS =
      List.of("output", "receipt", "questions", "schema", "json", "baseline", "kafka-config");

  /// Returns it in a few words.
  String display();

  /// Files that are read here, as far as they have changed.
  ///
  /// @param own what the run writes, or is told by, which is no source
  record Files(Locations locations, Rules rules, Set<Path> own) implements Corpus {
    public Files {
      own = Set.copyOf(own);
    }

    /// Returns what the command line names.
    ///
    /// @param words the paths on it
    static Files of(Arguments arguments, List<String> words) {
      var own = new HashSet<Path>();
      for (String option : FILE_OPTIONS) {
        arguments.path(option).filter(path -> !path.toString().equals("-")).ifPresent(own::add);
      }
      return new Files(
          new Locations(words.stream().map(arguments::expanded).toList()),
          PackOptions.rules(arguments),
          own);
    }

    @Override
    public String display() {
      return String.join(" ", locations.given());
    }

    /// Returns what tells this index from all others: locations, rules and tokenizer.
    List<String> identity(String tokenizer) {
      var parts = new ArrayList<>(locations.identity());
      parts.add(tokenizer);
      rules.on().stream().map(Object::toString).sorted().forEach(parts::add);
      return parts;
    }
  }

  /// A collection that an index worker keeps up to date.
  record Collection(String name) implements Corpus {
    @Override
    public String display() {
      return "collection " + name;
    }
  }

  /// Returns what the command line names: paths, or `--collection`.
  ///
  /// @param words the paths on it
  static Corpus of(Arguments arguments, List<String> words) {
    var name = arguments.value("collection");
    if (name.isEmpty()) {
      return Files.of(arguments, words);
    }
    if (!words.isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--collection %s and %s: name either a collection or paths"
              .formatted(name.get(), String.join(" ", words)));
    }
    return new Collection(name.get());
  }
}
