package brimful.ingest;

import brimful.corpus.UserError;
import java.util.Comparator;
import java.util.List;

/// Where a worker finds the folders that claims name, if they are mounted elsewhere on its machine.
///
/// @param mounts the longest `from` first, so that the most precise one counts
public record MountMap(List<Mount> mounts) {
  public static final MountMap NONE = new MountMap(List.of());

  public MountMap {
    mounts =
        mounts.stream()
            .sorted(Comparator.comparingInt((Mount mount) -> mount.from().length()).reversed())
            .toList();
  }

  /// @param from the folder's path in claims
  /// @param to its path on this machine
  public record Mount(String from, String to) {}

  /// Reads `FROM=TO` with absolute paths.
  ///
  /// @throws UserError if one has another form
  public static MountMap of(List<String> options) {
    return new MountMap(options.stream().map(MountMap::mount).toList());
  }

  private static Mount mount(String option) {
    String[] paths = option.split("=", -1);
    if (paths.length != 2 || !paths[0].startsWith("/") || !paths[1].startsWith("/")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--map \"%s\" is no pair of absolute paths: write it like /data=/mnt/data"
              .formatted(option));
    }
    return new Mount(folder(paths[0]), folder(paths[1]));
  }

  private static String folder(String path) {
    return path.replaceFirst("/+$", "");
  }

  /// Returns where a location of a claim is on this machine.
  String here(String location) {
    for (Mount mount : mounts) {
      String from = mount.from();
      if (location.startsWith(from)
          && (location.length() == from.length()
              || "/@".indexOf(location.charAt(from.length())) >= 0)) {
        return mount.to() + location.substring(from.length());
      }
    }
    return location;
  }
}
