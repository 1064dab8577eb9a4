package brimful.cli.option;

import brimful.bucket.BucketAddress;
import brimful.corpus.UserError;
import brimful.source.forge.ForgeAddress;
import brimful.web.WebAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `--roots` names: all that a server or worker may read of folders and buckets, the
/// organisations that it may read with its own access, and sites that are not public.
public record RootsOption(
    List<Path> folders,
    List<BucketAddress> buckets,
    List<ForgeAddress> organizations,
    List<WebAddress> sites) {

  /// Reads the option, with `~` expanded.
  public static RootsOption of(Arguments arguments) {
    List<String> all = arguments.values("roots");
    return new RootsOption(
        all.stream()
            .filter(one -> !BucketAddress.isMeant(one) && !ForgeAddress.isMeant(one))
            .filter(one -> !WebAddress.isMeant(one))
            .map(arguments::expanded)
            .map(Path::of)
            .toList(),
        all.stream().filter(BucketAddress::isMeant).map(BucketAddress::of).toList(),
        all.stream().filter(ForgeAddress::isMeant).map(ForgeAddress::of).toList(),
        all.stream().filter(WebAddress::isMeant).map(RootsOption::site).toList());
  }

  private static WebAddress site(String location) {
    WebAddress site = WebAddress.of(location);
    if (!site.path().equals("/")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--roots %s: sites are allowed as a whole, write %s".formatted(location, site.at("/")));
    }
    return site;
  }

  /// Returns whether it names nothing.
  public boolean isEmpty() {
    return folders.isEmpty() && buckets.isEmpty() && organizations.isEmpty() && sites.isEmpty();
  }

  /// Returns these roots with a folder, if there are none.
  public RootsOption orElse(Path folder) {
    return isEmpty() ? new RootsOption(List.of(folder), List.of(), List.of(), List.of()) : this;
  }

  /// Returns the folders as absolute paths.
  public List<Path> absolute() {
    return folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
  }

  /// Returns all of them for people.
  public String display() {
    return Stream.of(absolute(), buckets, organizations, sites)
        .flatMap(List::stream)
        .map(Object::toString)
        .collect(Collectors.joining(", "));
  }
}
