package brimful.cli.option;

import brimful.collection.Corpus;
import brimful.collection.scope.Braces;
import brimful.collection.scope.Scope;
import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
                INCLUDE,
                "GLOB,…",
                "only these files: src/**, or *.{js,md} in any folder; repeatable"))
        .addOption(
            PackOptions.option(
                EXCLUDE,
                "GLOB,…",
                "not these files: test/**, or *.snap in any folder; repeatable"));
  }

  /// Some patterns, and where they are from.
  private record Given(Scope scope, Scope.Place place) {
    Predicate<DocumentId> test() {
      return scope.test(place);
    }
  }

  /// Returns the part of a corpus that they name, or else the project's settings.
  ///
  /// @param single whether the ids of its documents are paths, without a folder for each source
  public static Corpus applied(Arguments arguments, Corpus corpus, boolean single) {
    Given wanted = wanted(arguments, single);
    Given unwanted = unwanted(arguments, single);
    return unwanted.scope.without(wanted.scope.of(corpus, wanted.place), unwanted.place);
  }

  /// Returns a test of the ids of that part.
  ///
  /// @param single as for [#applied]
  public static Predicate<DocumentId> test(Arguments arguments, boolean single) {
    Given wanted = wanted(arguments, single);
    Given unwanted = unwanted(arguments, single);
    Predicate<DocumentId> is = wanted.test();
    Predicate<DocumentId> isNot = unwanted.test();
    return id ->
        (wanted.scope.patterns().isEmpty() || is.test(id))
            && (unwanted.scope.patterns().isEmpty() || !isNot.test(id));
  }

  private static Given wanted(Arguments arguments, boolean single) {
    List<String> scope = arguments.patterns(SCOPE);
    List<String> include = arguments.patterns(INCLUDE);
    if (scope.isEmpty() && include.isEmpty()) {
      return ofProject(INCLUDE, arguments, ProjectUse::include);
    }
    String said = include.isEmpty() ? SCOPE : scope.isEmpty() ? INCLUDE : SCOPE + ", --" + INCLUDE;
    return given("--" + said, Stream.concat(scope.stream(), anywhere(include)).toList(), single);
  }

  private static Given unwanted(Arguments arguments, boolean single) {
    List<String> exclude = arguments.patterns(EXCLUDE);
    return exclude.isEmpty()
        ? ofProject(EXCLUDE, arguments, ProjectUse::exclude)
        : given("--" + EXCLUDE, anywhere(exclude).toList(), single);
  }

  private static Given given(String said, List<String> patterns, boolean single) {
    try {
      return new Given(new Scope(patterns), new Scope.Place(said, single ? 0 : 1, ""));
    } catch (UserError e) {
      throw new UserError(e.kind(), e.line().replaceFirst("^scope", said), e.field());
    }
  }

  private static Given ofProject(
      String key, Arguments arguments, Function<ProjectUse, List<String>> patterns) {
    Optional<ProjectUse> project = arguments.project();
    return new Given(
        new Scope(anywhere(project.map(patterns).orElse(List.of())).toList()),
        new Scope.Place(
            project.map(use -> "%s in %s:".formatted(key, use.file().file())).orElse(key),
            0,
            project.map(ProjectUse::below).orElse("")));
  }

  /// As in .gitignore, a pattern without a slash is a name in any folder; so is an alternative.
  private static Stream<String> anywhere(List<String> patterns) {
    return patterns.stream()
        .flatMap(pattern -> isPath(pattern) ? Braces.alternatives(pattern) : Stream.of(pattern))
        .map(pattern -> pattern.isBlank() || isPath(pattern) ? pattern : "**/" + pattern);
  }

  private static boolean isPath(String pattern) {
    return pattern.replaceAll("/+$", "").contains("/");
  }
}
