package brimful.mcp;

import brimful.collection.Collection;
import brimful.collection.Corpus;
import brimful.collection.Job;
import brimful.collection.scope.Scope;
import brimful.corpus.Counted;
import brimful.corpus.UserError;
import brimful.rank.Question;
import brimful.service.Backend;
import brimful.service.SpendAccount;
import brimful.service.Spender;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A tool call: its arguments, and what its caller may use.
///
/// Models sometimes write numbers as text, and text as numbers; both are accepted.
///
/// @param allowed the collections that the caller may use, by name
/// @param arguments as they were in the JSON
record ToolCall(
    Backend backend,
    Predicate<String> allowed,
    Map<String, Object> arguments,
    McpSyncServerExchange exchange,
    McpSchema.CallToolRequest request) {
  /// The limit of a text argument: that of a question.
  private static final int CHARACTERS_MAX = Question.CHARS_MAX;

  private static final int NAMES_SHOWN = 20;
  private static final Pattern COMMA = Pattern.compile(",");

  /// Returns who pays for model calls: the server's caller, or the person at this machine.
  Spender spender() {
    return exchange.transportContext().get(McpEndpoint.CALLER) instanceof Spender spender
        ? spender
        : backend.spending().spender(SpendAccount.LOCAL);
  }

  /// Returns whether the caller is someone other than the person at this machine.
  boolean isRemote() {
    return exchange.transportContext().get(McpEndpoint.CALLER) != null;
  }

  /// Returns the collections that the caller may use, by name.
  List<Collection> collections() {
    return collections(backend, allowed);
  }

  static List<Collection> collections(Backend backend, Predicate<String> allowed) {
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
    if (!(value instanceof String || value instanceof Number)) {
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

  boolean has(String name) {
    return arguments.get(name) != null;
  }

  /// Returns a collection, or the part of it that the call's `scope` says.
  Corpus corpus(String collection) {
    List<String> patterns =
        COMMA
            .splitAsStream(text("scope", ""))
            .map(String::strip)
            .filter(one -> !one.isEmpty())
            .toList();
    return backend.corpus(List.of(collection), new Scope(patterns));
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
