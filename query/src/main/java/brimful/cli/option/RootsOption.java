package brimful.cli.option;

import brimful.bucket.BucketAddress;
import brimful.source.forge.ForgeAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `--roots` names: all that a server or worker may read of folders and buckets, and the
/// organisations that it may read with its own access.
public record RootsOption(
    List<Path> folders, List<BucketAddress> buckets, List<ForgeAddress> organizations) {

  /// Reads the option, with `~` expanded.
  public static RootsOption of(Arguments arguments) {
    List<String> all = arguments.values("roots");
    return new RootsOption(
        all.stream()
            .filter(one -> !BucketAddress.isMeant(one) && !ForgeAddress.isMeant(one))
            .map(arguments::expanded)
            .map(Path::of)
            .toList(),
        all.stream().filter(BucketAddress::isMeant).map(BucketAddress::of).toList(),
        all.stream().filter(ForgeAddress::isMeant).map(ForgeAddress::of).toList());
  }

  /// Returns whether it names nothing.
  public boolean isEmpty() {
    return folders.isEmpty() && buckets.isEmpty() && organizations.isEmpty();
  }

  /// Returns these roots with a folder, if there are none.
  public RootsOption orElse(Path folder) {
    return isEmpty() ? new RootsOption(List.of(folder), List.of(), List.of()) : this;
  }

  /// Returns the folders as absolute paths.
  public List<Path> absolute() {
    return folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
  }

  /// Returns all of them for people.
  public String display() {
    return Stream.of(absolute(), buckets, organizations)
        .flatMap(List::stream)
        .map(Object::toString)
        .collect(Collectors.joining(", "));
  }
}
