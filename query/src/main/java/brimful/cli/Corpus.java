package brimful.cli;

import brimful.corpus.UserError;
import brimful.source.Rules;
import java.util.ArrayList;
import java.util.List;

/// What a question is asked of.
sealed interface Corpus {

  /// Returns it in a few words.
  String display();

  /// Files that are read here, as far as they have changed.
  record Files(Locations locations, Rules rules) implements Corpus {
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
      return new Files(new Locations(words), PackOptions.rules(arguments));
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
