package brimful.collection.library;

import brimful.bucket.BucketAddress;
import brimful.collection.SourceReader;
import brimful.corpus.UserError;
import brimful.source.Overlap;
import brimful.source.Rules;
import brimful.source.Source;
import brimful.source.Sources;
import brimful.source.forge.ForgeAddress;
import brimful.source.forge.PublicHosts;
import brimful.upload.Uploads;
import brimful.web.WebAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides what a server may read, and opens it: files below its roots, by their real paths,
/// objects below its buckets, public git repositories, pages of public hosts, and organisations.
///
/// The right to add a source is not the right to read everything that the server can read.
public final class AllowedLocations {
  private final SourceReader reader;
  private final List<Path> roots;
  private final List<BucketAddress> buckets;
  private final Uploads uploads;
  private final List<ForgeAddress> organizations;
  private final List<WebAddress> sites;

  /// Admits no bucket, and has uploads in folders.
  ///
  /// @param roots the folders below which files may be read
  /// @throws UserError if one does not exist
  public AllowedLocations(SourceReader reader, List<Path> roots) {
    this(reader, roots, List.of(), List.of(), Uploads.IN_FOLDER);
  }

  /// @param roots the folders below which files may be read
  /// @param buckets the buckets and prefixes below which objects may be read
  /// @param organizations those that may be read with the tokens of the environment
  /// @throws UserError if a folder does not exist
  public AllowedLocations(
      SourceReader reader,
      List<Path> roots,
      List<BucketAddress> buckets,
      List<ForgeAddress> organizations,
      Uploads uploads) {
    this.reader = reader;
    this.organizations = List.copyOf(organizations);
    this.sites = List.of();
    this.buckets = List.copyOf(buckets);
    this.uploads = uploads;
    var real = new ArrayList<Path>();
    for (Path root : roots) {
      try {
        real.add(root.toRealPath());
      } catch (IOException e) {
        throw new UserError(
            UserError.Kind.NOT_FOUND,
            "root %s does not exist: name a folder that does".formatted(root),
            e);
      }
    }
    this.roots = List.copyOf(real);
  }

  private AllowedLocations(AllowedLocations other, List<WebAddress> sites) {
    this.reader = other.reader;
    this.roots = other.roots;
    this.buckets = other.buckets;
    this.organizations = other.organizations;
    this.uploads = other.uploads;
    this.sites = List.copyOf(sites);
  }

  /// Returns the same, which also admits pages of these sites, public or not.
  public AllowedLocations with(List<WebAddress> ownSites) {
    return new AllowedLocations(this, ownSites);
  }

  /// Returns an instance that admits no location.
  static AllowedLocations none() {
    return new AllowedLocations(SourceReader.of(Map.of(), Rules.standard(), Set.of()), List.of());
  }

  /// Returns the reader of admitted sources.
  SourceReader reader() {
    return reader;
  }

  /// Returns the real paths of the roots.
  public List<Path> roots() {
    return roots;
  }

  /// Returns where the bytes of uploads are.
  Uploads uploads() {
    return uploads;
  }

  /// Returns a location in the form to store: an absolute path, or the address itself.
  ///
  /// @throws UserError if it must not be read
  String admit(String given) {
    String location = reader.sources().expanded(given);
    if (ForgeAddress.isMeant(location)) {
      return admit(ForgeAddress.of(location));
    }
    if (BucketAddress.isMeant(location)) {
      return admit(BucketAddress.of(location));
    }
    if (WebAddress.isMeant(location)) {
      return admit(WebAddress.of(location));
    }
    if (Sources.isAddress(location)) {
      PublicHosts.requireAddress(location);
      return location;
    }
    return admitLocal(location);
  }

  private String admitLocal(String location) {
    Optional<Path> local = Sources.local(location);
    if (local.isEmpty() || !isBelowRoots(local.get())) {
      // The same words for a missing path and a forbidden one.
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "%s is nothing below the server's roots (%s): name a folder, file or repository there, or a git or web: address"
              .formatted(location, String.join(", ", roots.stream().map(Path::toString).toList())));
    }
    return Path.of(location).toAbsolutePath().normalize().toString();
  }

  /// What a token shows, and what an API of the own network has, is read only if the operator says
  /// so; what everybody sees, by anyone. The repositories of a list are checked when it is read.
  private String admit(ForgeAddress address) {
    if (address.kind() == ForgeAddress.Kind.GIT_LIST) {
      return ForgeAddress.Kind.GIT_LIST.scheme() + ":" + admitLocal(address.name());
    }
    if (organizations.stream().noneMatch(address::isSame)) {
      if (reader.sources().isOfEnvironment(address)) {
        throw new UserError(
            UserError.Kind.FORBIDDEN,
            "%s would be read with the server's own access: name it in its --roots"
                .formatted(address));
      }
      PublicHosts.require(reader.sources().apiHost(address));
    }
    return address.toString();
  }

  private String admit(WebAddress page) {
    if (sites.stream().noneMatch(page::isSameSite)) {
      PublicHosts.require(page.host());
    }
    return page.toString();
  }

  private String admit(BucketAddress address) {
    if (!address.isBelow(buckets)) {
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "%s is not below a bucket that this server may read: name it in its --roots"
              .formatted(address));
    }
    return address.toString();
  }

  private boolean isBelowRoots(Path path) {
    try {
      Path real = path.toRealPath();
      return roots.stream().anyMatch(real::startsWith);
    } catch (IOException e) {
      return false;
    }
  }

  /// Opens an admitted source of a collection, without the files that another source of it lists;
  /// the caller closes it.
  ///
  /// @throws UserError if it is not allowed, or does not exist
  Source open(Collection collection, CollectionSource source) {
    Source own = open(source);
    Optional<CollectionSource> around = Enclosure.of(collection, source);
    if (around.isEmpty()) {
      return own;
    }
    try {
      return Overlap.without(own, open(around.get()));
    } catch (UserError | UncheckedIOException e) {
      // What is read twice for now is not lost.
      return own;
    }
  }

  /// Opens an admitted source, if it is still allowed; the caller closes it.
  ///
  /// @throws UserError if it is not allowed, or does not exist
  Source open(CollectionSource source) {
    Sources sources = reader.sources();
    if (source.isUploads()) {
      Path folder = Path.of(source.location());
      return uploads.source(
          folder.resolveSibling("").getFileName().toString(), sources.open(folder.toString()));
    }
    String part = source.part().isEmpty() ? "" : "#" + source.part();
    return sources.open(admit(source.location()) + part, address -> admit(address));
  }
}
