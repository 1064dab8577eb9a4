package brimful.mcp.tool;

import brimful.collection.Corpus;
import brimful.collection.library.Collection;
import brimful.collection.library.CollectionSource;
import brimful.collection.library.Job;
import brimful.collection.scope.Scope;
import brimful.corpus.Counted;
import brimful.corpus.UserError;
import brimful.rank.Question;
import brimful.service.Backend;
import brimful.service.SpendAccount;
import brimful.service.Spender;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A tool call: its arguments, and what its caller may use.
///
/// Values must have the types that the tools declare, but for numbers and flags that a model writes
/// as text.
///
/// @param allowed the collections that the caller may use, by name
/// @param arguments as they were in the JSON
public record ToolCall(
    Backend backend, Predicate<String> allowed, Map<String, Object> arguments, ToolClient client) {
  /// The limit of a text argument: that of a question.
  private static final int CHARACTERS_MAX = Question.CHARS_MAX;

  private static final int NAMES_SHOWN = 20;
  private static final int NAME_CHARS_SHOWN = 60;
  private static final int VALUE_CHARS_SHOWN = 60;
  private static final int COLLECTIONS_MAX = 16;
  private static final Pattern PLUS = Pattern.compile("[+]");

  /// Returns who pays for model calls: the server's caller, or the person at this machine.
  Spender spender() {
    return client.payer().orElseGet(() -> backend.spending().spender(SpendAccount.LOCAL));
  }

  /// Returns whether the caller is someone other than the person at this machine.
  boolean isRemote() {
    return client.isRemote();
  }

  /// Returns the collections that the caller may use, by name.
  List<Collection> collections() {
    return collections(backend, allowed);
  }

  /// Returns the collections of a backend that a caller may use, by name.
  public static List<Collection> collections(Backend backend, Predicate<String> allowed) {
    return backend.collections().collections().stream()
        .filter(collection -> allowed.test(collection.name()))
        .toList();
  }

  /// Returns the name of the requested collection, as it is written: `a+b` for several; the only
  /// one, if none is named.
  ///
  /// @throws UserError the same for a collection that does not exist and for one that is not
  ///   allowed
  String collection() {
    return String.join("+", names());
  }

  private List<String> names() {
    List<String> there = collections().stream().map(Collection::name).toList();
    String written = text("collection", "");
    if (written.isEmpty()) {
      if (there.size() == 1) {
        return there;
      }
      throw new UserError(
          UserError.Kind.USAGE, "collection is missing: %s".formatted(listed(there)));
    }
    List<String> names =
        there.contains(written)
            ? List.of(written)
            : PLUS.splitAsStream(written).map(String::strip).distinct().toList();
    if (names.size() > COLLECTIONS_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s collections: name %s at most".formatted(names.size(), COLLECTIONS_MAX));
    }
    for (String name : names) {
      if (!there.contains(name)) {
        throw new UserError(
            UserError.Kind.NOT_FOUND,
            "no collection is called \"%s\": %s".formatted(name, listed(there)));
      }
    }
    return names;
  }

  private static String listed(List<String> names) {
    return names.isEmpty()
        ? "there are none"
        : "there are "
            + names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
            + (names.size() > NAMES_SHOWN ? ", …" : "");
  }

  /// Returns a required text.
  String text(String name) {
    String text = text(name, "");
    if (text.isBlank()) {
      throw new UserError(UserError.Kind.USAGE, "%s is missing: give it as text".formatted(name));
    }
    return text;
  }

  /// Returns a text, or a default.
  String text(String name, String otherwise) {
    Object value = arguments.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof String text)) {
      throw new UserError(
          UserError.Kind.USAGE, "%s is not a text: give it as \"…\"".formatted(name));
    }
    if (text.length() > CHARACTERS_MAX) {
      throw new UserError(
          UserError.Kind.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "%s has %,d characters: give %,d at most",
              name,
              text.length(),
              CHARACTERS_MAX));
    }
    return text.strip();
  }

  /// Returns a whole number, or a default.
  int number(String name, int otherwise, int least, int most) {
    Object value = arguments.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number || value instanceof String) {
      try {
        double number = Double.parseDouble(value.toString());
        if (number == Math.rint(number) && number >= least && number <= most) {
          return (int) number;
        }
      } catch (NumberFormatException _) {
        // Reported below, like a number that is out of range.
      }
    }
    throw new UserError(
        UserError.Kind.USAGE,
        String.format(
            Locale.ROOT,
            "%s \"%s\" is not a whole number from %,d to %,d: give one",
            name,
            shown(value),
            least,
            most));
  }

  /// Returns a required amount of money, in USD.
  ///
  /// @param why what it is for
  double usd(String name, String why) {
    Object value = arguments.get(name);
    if (value instanceof Number || value instanceof String) {
      try {
        double usd = Double.parseDouble(value.toString());
        if (usd > 0 && usd < Double.POSITIVE_INFINITY) {
          return usd;
        }
      } catch (NumberFormatException _) {
        // Reported below, like an amount of nothing.
      }
    }
    throw new UserError(
        UserError.Kind.USAGE,
        value == null
            ? "%s is missing: give %s".formatted(name, why)
            : "%s \"%s\" is no amount in USD: give %s".formatted(name, shown(value), why));
  }

  private static String shown(Object value) {
    String text = value.toString();
    return text.substring(0, Math.min(VALUE_CHARS_SHOWN, text.length()));
  }

  /// Returns the folders that paths may begin with and models leave out: the ids of a collection's
  /// sources or, of several collections, their names.
  Set<String> folders() {
    List<String> names = names();
    return names.size() > 1
        ? Set.copyOf(names)
        : collections().stream()
            .filter(one -> names.contains(one.name()))
            .flatMap(one -> one.sources().stream().map(CollectionSource::id))
            .collect(Collectors.toSet());
  }

  /// Returns the requested collection, or several as one corpus, each a folder of it.
  Corpus whole() {
    return backend.corpus(names(), Scope.WHOLE);
  }

  /// Returns the requested part of the requested collection.
  ///
  /// @throws UserError if a pattern of the scope matches nothing
  Corpus corpus() {
    List<String> names = names();
    Scope scope = scope();
    if (scope.patterns().size() > 1) {
      scope.requireMatches(whole().display(), backend.documents(whole()), names.size() > 1 ? 2 : 1);
    }
    return backend.corpus(names, scope);
  }

  /// Returns the part of a collection that is asked for: `src/**`, or a list of such patterns.
  Scope scope() {
    Object value = arguments.get("scope");
    if (value == null) {
      return Scope.WHOLE;
    }
    List<?> patterns = value instanceof List<?> list ? list : List.of(value);
    if (patterns.isEmpty() || !patterns.stream().allMatch(String.class::isInstance)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "scope is not a text or a list of texts: give src/** or [\"src/**\"]");
    }
    return new Scope(patterns.stream().map(String.class::cast).toList());
  }

  /// Returns a yes or no.
  boolean flag(String name) {
    return switch (arguments.get(name)) {
      case null -> false;
      case Boolean given -> given;
      case String text when text.strip().equalsIgnoreCase("true") -> true;
      case String text when text.strip().equalsIgnoreCase("false") -> false;
      case Object other ->
          throw new UserError(
              UserError.Kind.USAGE,
              "%s \"%s\" is neither true nor false: give one of them"
                  .formatted(name, shown(other)));
    };
  }

  /// Refuses arguments that a tool does not have: a model that misspells one must learn of it.
  ///
  /// @throws UserError that names the argument
  void requireKnown(String tool, Set<String> known) {
    arguments.keySet().stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new UserError(
              UserError.Kind.USAGE,
              "%s has no argument \"%s\": it has %s"
                  .formatted(
                      tool,
                      name.substring(0, Math.min(NAME_CHARS_SHOWN, name.length())),
                      known.isEmpty() ? "none" : String.join(", ", known)));
        });
  }

  boolean has(String name) {
    return arguments.get(name) != null;
  }

  /// Returns a line for each requested collection that is still being read; empty if none is.
  String notice() {
    return names().stream().map(this::notice).collect(Collectors.joining());
  }

  /// Returns a line that says that a collection is still being read; empty if it is not.
  String notice(String collection) {
    return backend.collections().jobs().stream()
        .filter(job -> job.collection().equals(collection) && job.kind() != Job.Kind.COUNT)
        .filter(job -> !job.state().isEnd())
        .findFirst()
        .map(job -> notice(job))
        .orElse("");
  }

  private static String notice(Job job) {
    return String.format(
        Locale.ROOT,
        "%s is still being read, %,d of %s so far: ask again later for all of it\n",
        job.collection(),
        job.counts().read(),
        Counted.of(job.counts().files(), "file"));
  }
}
