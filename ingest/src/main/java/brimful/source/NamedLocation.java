package brimful.source;

import brimful.web.WebAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One of the locations of a command, and how the ids of its files begin.
///
/// The id of a file is its path from this folder, so that whoever reads a citation finds it; of a
/// file elsewhere, its path from the folder that it shares with the other locations there. Folders
/// beside files are named in the same way. Where no file is named, the ids of a single location
/// have nothing in front, and those of several have the location's title.
///
/// @param location as it was typed
/// @param name the id of the file; otherwise the folder in front of the ids, empty for none
/// @param isFile whether it is a file
public record NamedLocation(String location, String name, boolean isFile) {

  /// Names all locations of a command.
  ///
  /// @param given as they were typed
  public static List<NamedLocation> of(List<String> given) {
    List<Path> places = given.stream().flatMap(location -> place(location).stream()).toList();
    if (places.stream().noneMatch(Files::isRegularFile)) {
      return given.size() == 1
          ? List.of(new NamedLocation(given.getFirst(), "", false))
          : titled(given);
    }
    Bases bases = Bases.of(places, places.size() < given.size());
    Set<String> taken = new HashSet<>();
    places.forEach(place -> taken.add(bases.name(place).replaceFirst("/.*", "")));
    return given.stream()
        .map(location ->
            place(location)
                .map(place ->
                    new NamedLocation(location, bases.name(place), Files.isRegularFile(place)))
                .orElseGet(() -> titled(location, taken)))
        .toList();
  }

  /// Returns a name for people: the last part of a path or an address.
  public static String title(String location) {
    String place =
        WebAddress.isMeant(location)
            ? WebAddress.of(location).authority()
            : Sources.isProposal(location)
                ? location.replaceAll("(?:/-)?/(?:pull|merge_requests)/[0-9]+.*$", "")
                : location.replaceFirst(
                    "^(?:github-org|gitlab-group|gitea-org|git-list):([^?]+).*", "$1");
    String bare = place.replaceAll("(?<!/)/++$", "");
    String end =
        absolute(place(location).isPresent() ? bare : bare.replaceAll("(\\.git)?@[^/@]+$", ""));
    String name = end.substring(end.lastIndexOf('/') + 1);
    return name.isBlank() ? "root" : name;
  }

  /// Returns what the ids of its files begin with, in the folder that a file lies in.
  public String prefix() {
    return isFile ? name.substring(0, name.lastIndexOf('/') + 1) : name.isEmpty() ? "" : name + "/";
  }

  /// What the names of places are relative to.
  private record Bases(Path here, Path inside, Path outside) {
    /// @param more whether there are locations that are no places
    static Bases of(List<Path> places, boolean more) {
      Path here = Path.of("").toAbsolutePath().normalize();
      List<Path> away = places.stream().filter(place -> !place.startsWith(here)).toList();
      if (places.contains(here) && (more || !away.isEmpty())) {
        // This folder needs a name, too.
        return shared(here, places);
      }
      if (away.isEmpty()) {
        return new Bases(here, here, here);
      }
      var bases = new Bases(here, here, shared(here, away).outside());
      return bases.clash(places) ? shared(here, places) : bases;
    }

    private static Bases shared(Path here, List<Path> places) {
      Path shared = places.stream().map(Bases::around).reduce(Bases::common).orElse(here);
      return new Bases(here, shared, shared);
    }

    private static Path around(Path place) {
      return place.getParent() == null ? place : place.getParent();
    }

    private static Path common(Path one, Path other) {
      Path common = one;
      while (!other.startsWith(common) && common.getParent() != null) {
        common = common.getParent();
      }
      return common;
    }

    /// Returns whether a name could be meant here and elsewhere.
    private boolean clash(List<Path> places) {
      return places.stream()
          .filter(place -> !place.startsWith(here))
          .map(place -> Path.of(name(place)))
          .anyMatch(name ->
              places.stream()
                  .filter(place -> place.startsWith(here))
                  .map(place -> Path.of(name(place)))
                  .anyMatch(other -> name.startsWith(other) || other.startsWith(name)));
    }

    String name(Path place) {
      Path base = place.startsWith(here) ? inside : outside;
      // Two drives of Windows share no folder.
      Path name =
          place.startsWith(base) ? base.relativize(place) : place.subpath(0, place.getNameCount());
      return name.toString().replace('\\', '/');
    }
  }

  private static List<NamedLocation> titled(List<String> given) {
    Set<String> taken = new HashSet<>();
    return given.stream().map(location -> titled(location, taken)).toList();
  }

  private static NamedLocation titled(String location, Set<String> taken) {
    String title = title(location);
    String free = title;
    for (int n = 2; !taken.add(free); n++) {
      free = title + "-" + n;
    }
    return new NamedLocation(location, free, false);
  }

  /// Returns the file or folder that a location is, by its absolute path.
  private static Optional<Path> place(String location) {
    try {
      Path path = Path.of(location);
      return !location.isBlank() && (Files.isRegularFile(path) || Files.isDirectory(path))
          ? Optional.of(place(path))
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /// Returns a path without `..`, which behind a link leads elsewhere than it says.
  private static Path place(Path path) {
    Path plain = path.toAbsolutePath().normalize();
    try {
      return Files.exists(plain) && Files.isSameFile(path, plain) ? plain : path.toRealPath();
    } catch (IOException e) {
      return plain;
    }
  }

  private static String absolute(String location) {
    return Path.of(location).toAbsolutePath().normalize().toString();
  }
}
