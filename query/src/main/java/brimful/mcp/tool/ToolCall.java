package brimful.mcp.tool;

import brimful.collection.Collection;
import brimful.collection.CollectionSource;
import brimful.collection.Corpus;
import brimful.collection.Job;
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
import java.util.stream.Collectors;

/// A tool call: its arguments, and what its caller may use.
///
/// Models sometimes write numbers as text, and text as numbers; both are accepted.
///
/// @param allowed the collections that the caller may use, by name
/// @param arguments as they were in the JSON
public record ToolCall(
    Backend backend, Predicate<String> allowed, Map<String, Object> arguments, ToolClient client) {
  /// The limit of a text argument: that of a question.
  private static final int CHARACTERS_MAX = Question.CHARS_MAX;

  private static final int NAMES_SHOWN = 20;
  private static final int NAME_CHARS_SHOWN = 60;

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

  /// Returns the name of the requested collection; the only one, if none is named.
  ///
  /// @throws UserError the same for a collection that does not exist and for one that is not
  ///   allowed
  String collection() {
    List<String> names = collections().stream().map(Collection::name).toList();
    String name = text("collection", "");
    if (name.isEmpty() && names.size() == 1) {
      return names.getFirst();
    }
    if (names.contains(name)) {
      return name;
    }
    String there =
        names.isEmpty()
            ? "there are none"
            : "there are "
                + names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
                + (names.size() > NAMES_SHOWN ? ", …" : "");
    throw name.isEmpty()
        ? new UserError(UserError.Kind.USAGE, "collection is missing: %s".formatted(there))
        : new UserError(
            UserError.Kind.NOT_FOUND, "no collection is called \"%s\": %s".formatted(name, there));
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
    if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
      throw new UserError(
          UserError.Kind.USAGE, "%s is not a text: give it as \"…\"".formatted(name));
    }
    String text = value.toString();
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
    if (!has(name)) {
      return otherwise;
    }
    String text = text(name, "");
    try {
      double number = Double.parseDouble(text);
      if (number == Math.rint(number) && number >= least && number <= most) {
        return (int) number;
      }
    } catch (NumberFormatException _) {
      // Reported below, like a number that is out of range.
    }
    throw new UserError(
        UserError.Kind.USAGE,
        String.format(
            Locale.ROOT,
            "%s \"%s\" is not a whole number from %,d to %,d: give one",
            name,
            text,
            least,
            most));
  }

  /// Returns the ids of a collection's sources.
  Set<String> sources(String collection) {
    return collections().stream()
        .filter(one -> one.name().equals(collection))
        .flatMap(one -> one.sources().stream().map(CollectionSource::id))
        .collect(Collectors.toSet());
  }

  /// Returns the requested part of the requested collection.
  Corpus corpus() {
    return backend.corpus(List.of(collection()), scope());
  }

  /// Returns the part of a collection that is asked for: `src/**`, or a list of such patterns.
  Scope scope() {
    Object value = arguments.get("scope");
    if (value == null) {
      return Scope.WHOLE;
    }
    List<?> patterns = value instanceof List<?> list ? list : List.of(value);
    if (!patterns.stream().allMatch(String.class::isInstance)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "scope is not a text or a list of texts: give src/** or [\"src/**\"]");
    }
    return new Scope(patterns.stream().map(String.class::cast).toList());
  }

  /// Returns a yes or no.
  boolean flag(String name) {
    return switch (text(name, "false").toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      case String other ->
          throw new UserError(
              UserError.Kind.USAGE, "%s \"%s\" is neither true nor false".formatted(name, other));
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
