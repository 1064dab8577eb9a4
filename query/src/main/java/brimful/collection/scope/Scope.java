package brimful.collection.scope;

import brimful.collection.Corpus;
import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A part of a corpus: patterns of paths, such as `src/**`, and ids of documents, written
/// `document:ID`. A document that one of them matches belongs to it. Patterns may have
/// alternatives, see [Braces].
///
/// In a collection, a pattern may begin with the name of a source or not.
///
/// @param patterns empty for the whole corpus
public record Scope(List<String> patterns) {
  /// The whole corpus.
  public static final Scope WHOLE = new Scope(List.of());

  private static final String DOCUMENT = "document:";

  /// Stands in an id between a container and what is inside it.
  private static final String INSIDE = "!/";

  private static final int PATTERNS_MAX = 100;
  static final int PATTERN_CHARS_MAX = 1_000;

  public Scope {
    patterns = List.copyOf(patterns);
    if (patterns.size() > PATTERNS_MAX) {
      throw error("%s patterns: give %s at most".formatted(patterns.size(), PATTERNS_MAX));
    }
    for (String pattern : patterns) {
      if (pattern.isBlank() || pattern.equals(DOCUMENT) || pattern.length() > PATTERN_CHARS_MAX) {
        throw error(
            "\"%s\": give a pattern of paths like src/**, or document:ID"
                .formatted(pattern.substring(0, Math.min(40, pattern.length()))));
      }
      requireClosed(pattern);
    }
    if (patterns.stream().flatMap(Scope::globs).limit(Braces.EXPANDED_MAX + 1L).count()
        > Braces.EXPANDED_MAX) {
      throw error(
          "has braces for more than %s patterns: write fewer alternatives, or name a folder"
              .formatted(Braces.EXPANDED_MAX));
    }
  }

  /// Returns the patterns without braces that a pattern stands for; none for an id.
  private static Stream<String> globs(String pattern) {
    return pattern.startsWith(DOCUMENT) ? Stream.of() : Braces.expanded(pattern).stream();
  }

  /// A bracket stands for itself, as in `[id].tsx`; one alone is a slip.
  private static void requireClosed(String pattern) {
    int open = pattern.startsWith(DOCUMENT) ? -1 : pattern.lastIndexOf('[');
    if (open >= 0 && pattern.indexOf(']', open) < 0) {
      throw error("\"%s\" has a [ without a ]: close it, or write ? for it".formatted(pattern));
    }
    if (!pattern.startsWith(DOCUMENT) && !Braces.areClosed(pattern)) {
      throw error(
          "\"%s\" has a brace without its other one: write it like *.{ts,tsx}, or ? for a brace in a name"
              .formatted(pattern));
    }
  }

  /// Where patterns are given, and what they are about.
  ///
  /// @param said what names them, such as `--include`
  /// @param folders how many folders the ids of a corpus begin with that are no part of a path,
  ///   such as the name of a source; a pattern may omit them
  /// @param above what patterns have in front of the ids, such as `src/`; may be empty
  public record Place(String said, int folders, String above) {
    /// Returns the place of a scope that a client names.
    static Place of(int folders) {
      return new Place("scope", folders, "");
    }
  }

  private static UserError error(String line) {
    return new UserError(
        UserError.Kind.USAGE, "scope " + line, new UserError.Field("scope", "invalid_value"));
  }

  /// Refuses a pattern that matches none of some documents.
  ///
  /// @param whole what the documents are, for people
  /// @param folders as for [#of]
  /// @throws UserError that names the first such pattern
  public void requireMatches(String whole, List<DocumentId> ids, int folders) {
    for (String pattern : patterns) {
      Matcher matcher = new Scope(List.of(pattern)).matcher(folders);
      if (ids.stream().noneMatch(matcher::has)) {
        throw new UserError(
            UserError.Kind.NOT_FOUND,
            "scope %s matches no document of %s: give a pattern of paths like src/**, or document:ID"
                .formatted(pattern, whole),
            new UserError.Field("scope", ""));
      }
    }
  }

  /// Returns this part of a corpus.
  ///
  /// @param folders as for [Place]
  public Corpus of(Corpus corpus, int folders) {
    return of(corpus, Place.of(folders));
  }

  /// Returns this part of a corpus.
  public Corpus of(Corpus corpus, Place place) {
    return patterns.isEmpty()
        ? corpus
        : new ScopedCorpus(
            corpus,
            String.join(", ", patterns),
            "%s %s matches".formatted(place.said(), String.join(", ", patterns)),
            test(place)::test);
  }

  /// Returns the rest of a corpus, without this part.
  public Corpus without(Corpus corpus, Place place) {
    return patterns.isEmpty()
        ? corpus
        : new ScopedCorpus(
            corpus,
            "all but " + String.join(", ", patterns),
            "%s %s leaves".formatted(place.said(), String.join(", ", patterns)),
            test(place).negate()::test);
  }

  /// Returns a test whether documents belong to it.
  public Predicate<DocumentId> test(Place place) {
    Matcher matcher = matcher(place.folders());
    String above = place.above();
    return above.isEmpty() ? matcher::has : id -> matcher.has(new DocumentId(above + id.value()));
  }

  /// Returns a test of documents.
  Matcher matcher(int folders) {
    Set<String> documents =
        patterns.stream()
            .filter(pattern -> pattern.startsWith(DOCUMENT))
            .map(pattern -> pattern.substring(DOCUMENT.length()))
            .collect(Collectors.toSet());
    List<Glob> globs = patterns.stream().flatMap(Scope::globs).map(Glob::new).toList();
    return new Matcher(documents, globs, folders);
  }

  /// Tells which documents belong to a scope.
  record Matcher(Set<String> documents, List<Glob> globs, int folders) {
    /// A pattern that matches an archive, a mail or an export matches what is inside it.
    boolean has(DocumentId id) {
      String whole = id.value();
      for (int end = whole.indexOf(INSIDE); end >= 0; end = whole.indexOf(INSIDE, end + 1)) {
        if (hasPath(whole.substring(0, end))) {
          return true;
        }
      }
      return hasPath(whole);
    }

    private boolean hasPath(String whole) {
      String path = whole;
      if (documents.contains(path) || matches(path)) {
        return true;
      }
      for (int i = 0; i < folders; i++) {
        path = path.substring(path.indexOf('/') + 1);
        if (matches(path)) {
          return true;
        }
      }
      return false;
    }

    private boolean matches(String path) {
      return globs.stream().anyMatch(glob -> glob.matches(path));
    }
  }
}
