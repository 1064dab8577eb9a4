package brimful.collection;

import brimful.corpus.UserError;
import brimful.source.JoinedSource;
import brimful.source.NamedLocation;
import brimful.source.PipeSource;
import brimful.source.Source;
import brimful.source.Sources;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The locations of a command.
///
/// @param given as they were typed, at least one
public record Locations(List<String> given) {
  private static final Set<String> STANDARD_INPUT = Set.of("-", "/dev/stdin");

  public Locations {
    given = List.copyOf(given);
    if (given.isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE, "no PATH: name a folder, a file, a git repository or its address");
    }
  }

  /// Opens them as one source; the caller closes it.
  ///
  /// The ids of files begin as [NamedLocation] has it. Repeated locations count once, and files in
  /// two locations are read once.
  ///
  /// @param standardInput the input for `-`
  public Source open(Sources sources, InputStream standardInput) {
    return open(sources, standardInput, _ -> {});
  }

  /// Does the same.
  ///
  /// @param note receives a line for each location that lies in another one
  public Source open(Sources sources, InputStream standardInput, Consumer<String> note) {
    List<NamedLocation> named = named();
    if (named.size() == 1) {
      return open(sources, named.getFirst(), standardInput);
    }
    List<JoinedSource.Part> parts = new ArrayList<>();
    for (NamedLocation location : named) {
      Source source = open(sources, location, standardInput);
      String prefix = location.isFile() ? "" : location.prefix();
      parts.add(new JoinedSource.Part(prefix, source, Sources.shown(location.location())));
    }
    return JoinedSource.once(parts, note);
  }

  /// Returns them with the names that the ids of their files begin with.
  public List<NamedLocation> named() {
    return NamedLocation.of(given);
  }

  /// Returns a name of the first one, for people.
  public String title() {
    return NamedLocation.title(given.getFirst());
  }

  /// Returns whether there is one, so that paths begin within it.
  public boolean isSingle() {
    return given.size() == 1;
  }

  /// Returns whether one of them is standard input.
  public boolean readStandardInput() {
    return given.stream().anyMatch(STANDARD_INPUT::contains);
  }

  /// @throws UserError if one of them can be read only once
  public void requireFiles() {
    for (String location : given) {
      if (STANDARD_INPUT.contains(location) || isPipe(location)) {
        throw new UserError(
            UserError.Kind.INPUT,
            "%s is a pipe, which others cannot open: write it to a file, and name that"
                .formatted(location));
      }
    }
  }

  /// Returns texts that distinguish these locations, and the ids of their files, from all others on
  /// this machine.
  List<String> identity() {
    var identity = new ArrayList<>(places());
    named().stream()
        .filter(NamedLocation::isFile)
        .filter(named -> given.size() > 1 || named.name().indexOf('/') >= 0)
        .forEach(named -> identity.add("as " + named.name()));
    return identity;
  }

  /// Returns where they are, each once: absolute paths and addresses.
  List<String> places() {
    return given.stream()
        .map(location -> exists(location) ? absolute(location) : Sources.absolute(location))
        .distinct()
        .toList();
  }

  private Source open(Sources sources, NamedLocation named, InputStream standardInput) {
    String location = named.location();
    if (STANDARD_INPUT.contains(location)) {
      return new PipeSource("stdin", () -> standardInput);
    }
    if (isPipe(location)) {
      Path path = Path.of(location);
      String name =
          path.startsWith("/dev") || path.startsWith("/proc")
              ? "pipe"
              : NamedLocation.title(location);
      return new PipeSource(name, () -> Files.newInputStream(path));
    }
    return sources.open(named, given.size() > 1);
  }

  private static boolean isPipe(String location) {
    return exists(location) && PipeSource.isPipe(Path.of(location));
  }

  private static boolean exists(String location) {
    try {
      return Files.exists(Path.of(location));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String absolute(String location) {
    return Path.of(location).toAbsolutePath().normalize().toString();
  }
}
