package brimful.collection;

import brimful.corpus.UserError;
import brimful.source.JoinedSource;
import brimful.source.PipeSource;
import brimful.source.Source;
import brimful.source.Sources;
import brimful.web.WebAddress;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

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
  /// The files of a single location keep their paths; with several, each path begins with its
  /// location's name. Repeated locations count once, and files in two locations are read once.
  ///
  /// @param standardInput the input for `-`
  public Source open(Sources sources, InputStream standardInput) {
    if (given.size() == 1) {
      return open(sources, given.getFirst(), standardInput);
    }
    SequencedMap<String, Source> parts = new LinkedHashMap<>();
    named().forEach((name, location) -> parts.put(name, open(sources, location, standardInput)));
    return JoinedSource.once(parts);
  }

  /// Returns them by the names that the ids of their files begin with, if there are several.
  public SequencedMap<String, String> named() {
    SequencedMap<String, String> named = new LinkedHashMap<>();
    for (String location : given) {
      String name = name(location);
      String free = name;
      for (int n = 2; named.containsKey(free); n++) {
        free = name + "-" + n;
      }
      named.put(free, location);
    }
    return named;
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

  /// Returns a text that distinguishes these locations from all others on this machine.
  List<String> identity() {
    return given.stream()
        .map(location -> exists(location) ? absolute(location) : Sources.absolute(location))
        .distinct()
        .toList();
  }

  private Source open(Sources sources, String location, InputStream standardInput) {
    if (STANDARD_INPUT.contains(location)) {
      return new PipeSource("stdin", () -> standardInput);
    }
    if (isPipe(location)) {
      Path path = Path.of(location);
      String name = path.startsWith("/dev") || path.startsWith("/proc") ? "pipe" : name(location);
      return new PipeSource(name, () -> Files.newInputStream(path));
    }
    return given.size() == 1 ? sources.open(location) : sources.openAmong(location);
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

  private static String name(String location) {
    String place =
        WebAddress.isMeant(location)
            ? WebAddress.of(location).authority()
            : Sources.isProposal(location)
                ? location.replaceAll("(?:/-)?/(?:pull|merge_requests)/[0-9]+.*$", "")
                : location.replaceFirst(
                    "^(?:github-org|gitlab-group|gitea-org|git-list):([^?]+).*", "$1");
    String end = absolute(place.replaceAll("(?<!/)/++$", "").replaceAll("(\\.git)?@[^/@]+$", ""));
    String name = end.substring(end.lastIndexOf('/') + 1);
    return name.isBlank() ? "root" : name;
  }
}
