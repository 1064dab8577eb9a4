package brimful.cli.option;

import brimful.cli.project.ProjectFile;
import brimful.source.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Options;

/// The settings of a project for one command line, whose options win over them.
///
/// @param below the asked folder as seen from the file, with a final slash; empty for its own
/// @param patterns whether its patterns hold: a folder of it was named, and nothing else
public record ProjectUse(ProjectFile file, String below, boolean patterns) {

  /// The option by which the project's collections are read.
  public static final String WITH_COLLECTIONS = "with-collections";

  /// Adds the option.
  public static Options in(Options options) {
    return options.addOption(
        PackOptions.flag(
            WITH_COLLECTIONS, "also read the collections that the project's .brimful.yml names"));
  }

  /// Returns the collections that the project names.
  public static List<String> collections(Arguments arguments) {
    return arguments.project().map(use -> use.file().settings().collections()).orElse(List.of());
  }

  /// Returns the line about collections that are not read, or that are wanted and not there.
  public static String unreadCollections(Arguments arguments) {
    List<String> names = collections(arguments);
    return names.isEmpty()
        ? "--%s: no %s here names collections".formatted(WITH_COLLECTIONS, ProjectFile.NAME)
        : "%s names %s, not read: add --%s to read them, too"
            .formatted(
                arguments.project().orElseThrow().file().file(),
                (names.size() == 1 ? "the collection " : "the collections ")
                    + String.join(", ", names),
                WITH_COLLECTIONS);
  }

  /// Returns a command line with the settings of the project that its paths lie in.
  ///
  /// Paths of several projects have the settings of none.
  ///
  /// @param paths of the command line
  /// @throws brimful.corpus.UserError if the project's file cannot be understood
  public static Arguments applied(Arguments arguments, List<String> paths, Terminal terminal) {
    List<Path> places =
        paths.stream().map(arguments::expanded).flatMap(path -> local(path).stream()).toList();
    if (places.isEmpty() || places.size() < paths.size() || arguments.has("collection")) {
      return arguments;
    }
    List<Optional<ProjectFile>> files =
        places.stream()
            .map(place -> ProjectFile.around(Files.isDirectory(place) ? place : parent(place)))
            .distinct()
            .toList();
    if (files.size() != 1 || files.getFirst().isEmpty()) {
      files.stream()
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(one ->
              terminal.note(
                  "%s does not count: the PATHs are of several projects".formatted(one.file())));
      return arguments;
    }
    ProjectFile file = files.getFirst().get();
    boolean folder = places.size() == 1 && Files.isDirectory(places.getFirst());
    var use = new ProjectUse(file, folder ? file.below(places.getFirst()) : "", folder);
    Arguments applied = arguments.in(use);
    if (file.settings().isEmpty()) {
      terminal.note(file.display());
    }
    use.note(applied).ifPresent(terminal::note);
    return applied;
  }

  /// Returns one line for people about the settings that hold for a command line; empty if there
  /// are none, or its own options win over all.
  public Optional<String> note(Arguments arguments) {
    List<String> held =
        file.settings().names().stream().filter(name -> isHeld(name, arguments)).toList();
    return held.isEmpty()
        ? Optional.empty()
        : Optional.of("%s sets %s".formatted(file.file(), String.join(", ", held)));
  }

  private boolean isHeld(String name, Arguments arguments) {
    return switch (name) {
      case "include" -> patterns && !arguments.isOwn(name) && !arguments.isOwn("scope");
      case "exclude" -> patterns && !arguments.isOwn(name);
      case "collections" -> true;
      default -> !arguments.isOwn(name) && value(name, arguments).isPresent();
    };
  }

  private static Optional<Path> local(String path) {
    return path.equals("-") || !Sources.isThere(path)
        ? Optional.empty()
        : Sources.local(path).filter(place -> place.toString().equals(Path.of(path).toString()));
  }

  private static Path parent(Path file) {
    return file.toAbsolutePath().resolveSibling("");
  }

  /// Returns the value of an option.
  Optional<String> value(String option, Arguments arguments) {
    // Whoever names a server asks the model that it has.
    return option.equals("model") && arguments.isOwn("base-url")
        ? Optional.empty()
        : file.settings().value(option);
  }

  /// Returns the patterns of files that are read; empty for all.
  List<String> include() {
    return patterns ? file.settings().include() : List.of();
  }

  /// Returns the patterns of files that are not read.
  List<String> exclude() {
    return patterns ? file.settings().exclude() : List.of();
  }
}
