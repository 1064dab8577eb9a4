package brimful.cli;

import brimful.corpus.UserError;
import brimful.source.JoinedSource;
import brimful.source.Source;
import brimful.source.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The places a command was pointed at.
///
/// @param given as they were typed, at least one
record Locations(List<String> given) {
  Locations {
    given = List.copyOf(given);
    if (given.isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE, "no PATH: name a folder, a file, a git repository or its address");
    }
  }

  /// Opens them as one source; the caller closes it.
  ///
  /// A single location's files keep their paths; of several, each path begins with its location's
  /// name.
  Source open(Sources sources) {
    if (given.size() == 1) {
      return open(sources, given.getFirst());
    }
    SequencedMap<String, Source> parts = new LinkedHashMap<>();
    for (String location : given) {
      String name = name(location);
      String free = name;
      for (int n = 2; parts.containsKey(free); n++) {
        free = name + "-" + n;
      }
      parts.put(free, open(sources, location));
    }
    return new JoinedSource(parts);
  }

  /// Returns what tells these locations from all others on this machine.
  List<String> identity() {
    return given.stream()
        .map(location -> Files.exists(Path.of(location)) ? absolute(location) : location)
        .toList();
  }

  private static Source open(Sources sources, String location) {
    return sources.open(location);
  }

  private static String absolute(String location) {
    return Path.of(location).toAbsolutePath().normalize().toString();
  }

  private static String name(String location) {
    String end = absolute(location.replaceAll("/+$", "").replaceAll("(\\.git)?@[^/@]+$", ""));
    String name = end.substring(end.lastIndexOf('/') + 1);
    return name.isBlank() ? "root" : name;
  }
}
