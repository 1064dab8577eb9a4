package brimful.cli.option;

import brimful.collection.Corpus;
import brimful.collection.scope.Scope;
import brimful.corpus.DocumentId;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.cli.Options;

/// The options that name a part of a corpus.
public final class ScopeOptions {
  private static final String SCOPE = "scope";
  private static final String INCLUDE = "include";
  private static final String EXCLUDE = "exclude";

  private ScopeOptions() {}

  /// Adds the options.
  public static Options in(Options options) {
    return options
        .addOption(
            PackOptions.option(
                SCOPE, "GLOB,…", "only these documents: src/**, *.md, or document:ID"))
        .addOption(
            PackOptions.option(
                INCLUDE, "GLOB,…", "only these files: src/**, or *.md in any folder; repeatable"))
        .addOption(
            PackOptions.option(
                EXCLUDE,
                "GLOB,…",
                "not these files: test/**, or *.snap in any folder; repeatable"));
  }

  /// Returns the part of a corpus that they name.
  ///
  /// @param single whether the ids of its documents are paths, without a folder for each source
  public static Corpus applied(Arguments arguments, Corpus corpus, boolean single) {
    int folders = single ? 0 : 1;
    return unwanted(arguments).without(wanted(arguments).of(corpus, folders), folders);
  }

  /// Returns a test of the ids of that part.
  ///
  /// @param single as for [#applied]
  public static Predicate<DocumentId> test(Arguments arguments, boolean single) {
    int folders = single ? 0 : 1;
    Scope wanted = wanted(arguments);
    Scope unwanted = unwanted(arguments);
    return id ->
        wanted.has(id, folders)
            && (unwanted.patterns().isEmpty() || !unwanted.has(id, folders));
  }

  private static Scope wanted(Arguments arguments) {
    return new Scope(
        Stream.concat(arguments.values(SCOPE).stream(), anywhere(arguments.values(INCLUDE)))
            .toList());
  }

  private static Scope unwanted(Arguments arguments) {
    return new Scope(anywhere(arguments.values(EXCLUDE)).toList());
  }

  /// As in .gitignore, a pattern without a slash is a name in any folder.
  private static Stream<String> anywhere(List<String> patterns) {
    return patterns.stream()
        .map(pattern -> pattern.replaceAll("/+$", "").contains("/") ? pattern : "**/" + pattern);
  }
}
