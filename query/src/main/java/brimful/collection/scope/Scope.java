package brimful.collection.scope;

import brimful.collection.Corpus;
import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A part of a corpus: patterns of paths, such as `src/**`, and ids of documents, written
/// `document:ID`. A document that one of them matches belongs to it.
///
/// In a collection, a pattern may begin with the name of a source or not.
///
/// @param patterns empty for the whole corpus
public record Scope(List<String> patterns) {
  /// The whole corpus.
  public static final Scope WHOLE = new Scope(List.of());

  private static final String DOCUMENT = "document:";
  private static final int PATTERNS_MAX = 100;
  private static final int PATTERN_CHARS_MAX = 1_000;

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
  /// @param folders how many folders its ids begin with that are no part of a path, such as the
  ///   name of a source; a pattern may omit them
  public Corpus of(Corpus corpus, int folders) {
    return patterns.isEmpty()
        ? corpus
        : new ScopedCorpus(corpus, String.join(", ", patterns), matcher(folders)::has);
  }

  /// Returns the rest of a corpus, without this part.
  ///
  /// @param folders as for [#of]
  public Corpus without(Corpus corpus, int folders) {
    if (patterns.isEmpty()) {
      return corpus;
    }
    Matcher matcher = matcher(folders);
    return new ScopedCorpus(
        corpus, "all but " + String.join(", ", patterns), id -> !matcher.has(id));
  }

  /// Returns a test of documents.
  Matcher matcher(int folders) {
    Set<String> documents =
        patterns.stream()
            .filter(pattern -> pattern.startsWith(DOCUMENT))
            .map(pattern -> pattern.substring(DOCUMENT.length()))
            .collect(Collectors.toSet());
    List<Glob> globs =
        patterns.stream().filter(pattern -> !pattern.startsWith(DOCUMENT)).map(Glob::new).toList();
    return new Matcher(documents, globs, folders);
  }

  /// Tells which documents belong to a scope.
  record Matcher(Set<String> documents, List<Glob> globs, int folders) {
    boolean has(DocumentId id) {
      String path = id.value();
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
