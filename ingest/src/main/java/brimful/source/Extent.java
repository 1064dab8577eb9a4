package brimful.source;

import brimful.bucket.BucketAddress;
import brimful.web.WebAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which part of a larger whole a location is. Of two locations with parts of the same whole, one
/// has files of the other, or they have none in common.
///
/// @param whole a commit of a repository, a bucket, or the file system
/// @param path of the part within it, without a final slash; empty for all of it
public record Extent(String whole, String path) {
  private static final Pattern COMMIT = Pattern.compile("(.+)@([0-9a-f]{40,64})");

  private static final Pattern URL =
      Pattern.compile("(?i)([a-z][a-z0-9+.-]*)://(?:[^/@]*@)?([^/:]*)(?::([0-9]+))?/(.*)");

  private static final Pattern SCP = Pattern.compile("[\\w.-]+@([\\w.-]+):(.+)");

  /// Also in front of a branch or tag.
  private static final Pattern DOT_GIT = Pattern.compile("/?\\.git(@[^@/][^@]*)?$");

  private static final String FILES = "";

  /// Returns that of a file or folder of this machine.
  ///
  /// @param real its real path
  public static Extent of(Path real) {
    return new Extent(FILES, withoutSlashes(real.toString()));
  }

  /// Returns that of a source by its location, see [Source#location].
  static Extent of(String location) {
    if (BucketAddress.isMeant(location)) {
      BucketAddress address = BucketAddress.of(location);
      return new Extent("s3://" + address.bucket(), address.prefix());
    }
    Matcher commit = COMMIT.matcher(location);
    return commit.matches()
        ? new Extent("git " + repository(commit.group(1)) + "@" + commit.group(2), "")
        : new Extent(location, "");
  }

  /// Returns what all addresses of a repository have in common: host and path. `.git` and a final
  /// slash mean nothing, and nor do protocol and user.
  ///
  /// @return the same for what is no address of one
  public static String repository(String address) {
    Matcher url = URL.matcher(address);
    if (url.matches()) {
      String port = url.group(3) == null || isUsual(url.group(3)) ? "" : ":" + url.group(3);
      return url.group(2).toLowerCase(Locale.ROOT) + port + "/" + name(url.group(4));
    }
    Matcher scp = SCP.matcher(address);
    return scp.matches()
        ? scp.group(1).toLowerCase(Locale.ROOT) + "/" + name(scp.group(2))
        : address;
  }

  /// Returns that of a location that is not opened: a file or folder of this machine, or objects.
  public static Optional<Extent> at(String location) {
    Optional<Path> path = Sources.local(location).filter(local -> local.equals(Path.of(location)));
    if (path.isPresent()) {
      return real(path.get()).filter(real -> !Commits.isBare(real)).map(Extent::of);
    }
    return BucketAddress.isMeant(location) ? Optional.of(of(location)) : Optional.empty();
  }

  private static Optional<Path> real(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Returns whether two locations have the same files: paths of one folder, or addresses of one
  /// repository.
  public static boolean isSame(String one, String other) {
    Optional<Extent> extent = at(one);
    return one.equals(other)
        || (extent.isPresent() && extent.equals(at(other)))
        || (isRepository(one) && isRepository(other) && repository(one).equals(repository(other)));
  }

  private static boolean isRepository(String location) {
    return Sources.isAddress(location)
        && !BucketAddress.isMeant(location)
        && !WebAddress.isMeant(location)
        && Sources.local(location).filter(path -> path.equals(Path.of(location))).isEmpty();
  }

  private static boolean isUsual(String port) {
    return port.equals("443") || port.equals("80") || port.equals("22") || port.equals("9418");
  }

  private static String name(String path) {
    String bare = withoutSlashes(path);
    return DOT_GIT.matcher(bare).replaceFirst("$1");
  }

  private static String withoutSlashes(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /// Returns a part of it.
  Extent in(String below) {
    return new Extent(whole, path.isEmpty() ? below : path + "/" + below);
  }

  /// Returns whether all files of this one are files of another one, too.
  public boolean isWithin(Extent other) {
    return whole.equals(other.whole)
        && (other.path.isEmpty() || path.equals(other.path) || path.startsWith(other.path + "/"));
  }

  /// Returns the path from another one, which this is within.
  String from(Extent other) {
    int skipped = other.path.isEmpty() && !isOfFiles() ? 0 : other.path.length() + 1;
    return path.equals(other.path) ? "" : path.substring(skipped);
  }

  boolean isOfFiles() {
    return whole.equals(FILES);
  }
}
