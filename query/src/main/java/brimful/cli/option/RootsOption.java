package brimful.cli.option;

import brimful.bucket.BucketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `--roots` names: all that a server or worker may read of folders and buckets.
public record RootsOption(List<Path> folders, List<BucketAddress> buckets) {

  /// Reads the option, with `~` expanded.
  public static RootsOption of(Arguments arguments) {
    List<String> all = arguments.values("roots");
    return new RootsOption(
        all.stream()
            .filter(one -> !BucketAddress.isMeant(one))
            .map(arguments::expanded)
            .map(Path::of)
            .toList(),
        all.stream().filter(BucketAddress::isMeant).map(BucketAddress::of).toList());
  }

  /// Returns whether it names nothing.
  public boolean isEmpty() {
    return folders.isEmpty() && buckets.isEmpty();
  }

  /// Returns these roots with a folder, if there are none.
  public RootsOption orElse(Path folder) {
    return isEmpty() ? new RootsOption(List.of(folder), List.of()) : this;
  }

  /// Returns the folders as absolute paths.
  public List<Path> absolute() {
    return folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
  }

  /// Returns all of them for people.
  public String display() {
    return Stream.concat(absolute().stream(), buckets.stream())
        .map(Object::toString)
        .collect(Collectors.joining(", "));
  }
}
