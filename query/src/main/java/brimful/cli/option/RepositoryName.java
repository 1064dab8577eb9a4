package brimful.cli.option;

import brimful.source.Sources;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Short names of repositories: `github:owner/name`, `gitlab:group/name`, and `owner/name` of
/// GitHub, each with `@REF` or not.
public final class RepositoryName {
  private static final Pattern NAMED =
      Pattern.compile("(github|gitlab):((?:[\\w.-]+/)+[\\w.-]+?)(?:\\.git)?(@[^@]+)?");

  /// What GitHub lets owners and repositories be called.
  private static final Pattern BARE =
      Pattern.compile(
          "([A-Za-z0-9](?:-?[A-Za-z0-9]){0,38})/([\\w-][\\w.-]{0,99}?)(?:\\.git)?(@[^@]+)?");

  private RepositoryName() {}

  /// Returns the address that a location stands for; itself if it is no short name, or is something
  /// here. `src/typo` is no short name where there is a folder `src`.
  public static String address(String location) {
    if (Sources.isThere(location)) {
      return location;
    }
    Matcher named = NAMED.matcher(location);
    if (named.matches()) {
      return "https://%s.com/%s%s".formatted(named.group(1), named.group(2), orEmpty(named, 3));
    }
    Matcher bare = BARE.matcher(location);
    return bare.matches() && !Sources.isThere(bare.group(1))
        ? "https://github.com/%s/%s%s".formatted(bare.group(1), bare.group(2), orEmpty(bare, 3))
        : location;
  }

  private static String orEmpty(Matcher matcher, int group) {
    return matcher.group(group) == null ? "" : matcher.group(group);
  }
}
