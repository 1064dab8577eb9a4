package brimful.source.forge;

import brimful.corpus.UserError;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An organisation as a location: `github-org:NAME`, `gitlab-group:NAME`, `gitea-org:HOST/NAME`, or
/// a list of git addresses, `git-list:FILE`.
///
/// @param host of a Gitea; empty for the others
/// @param name the organisation's, the group's path, or the file's
/// @param archived whether archived repositories are read, too: `?archived`
/// @param forks whether forks are read, too: `?forks`
/// @param part the one repository that is read; empty for all
public record ForgeAddress(
    Kind kind, String host, String name, boolean archived, boolean forks, String part) {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(github-org|gitlab-group|gitea-org|git-list):([^?#]+)(?:\\?([^#]*))?(?:#(.+))?");

  /// Names go into the path of a request.
  private static final Pattern NAME = Pattern.compile("[\\w-][\\w.-]*(?:/[\\w-][\\w.-]*)*");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*(?::\\d{1,5})?");

  /// The kinds of lists, with the variables that their API and token are named by.
  public enum Kind {
    GITHUB_ORG("https://api.github.com"),
    GITLAB_GROUP("https://gitlab.com/api/v4"),
    GITEA_ORG(""),
    GIT_LIST("");

    private final String api;

    Kind(String api) {
      this.api = api;
    }

    /// Returns the scheme of its locations.
    public String scheme() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String product() {
      return name().substring(0, name().indexOf('_'));
    }

    /// Returns the variable that names the address of its API.
    public String apiVariable() {
      return product() + "_API_URL";
    }

    /// Returns the variable that has its token.
    public String tokenVariable() {
      return product() + "_TOKEN";
    }
  }

  /// Returns whether a location is such an address.
  public static boolean isMeant(String location) {
    return SYNTAX.matcher(location).matches();
  }

  /// Reads a location.
  ///
  /// @throws UserError if a name in it is impossible
  public static ForgeAddress of(String location) {
    Matcher matcher = SYNTAX.matcher(location);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(location + " is no organisation: see isMeant");
    }
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(one -> one.scheme().equals(matcher.group(1)))
            .findFirst()
            .orElseThrow();
    List<String> wanted =
        matcher.group(3) == null ? List.of() : Arrays.asList(matcher.group(3).split("&"));
    for (String word : wanted) {
      if (!word.equals("archived") && !word.equals("forks")) {
        throw new UserError(
            UserError.Kind.USAGE,
            "%s: \"%s\" is unknown, write ?archived, ?forks or ?archived&forks"
                .formatted(location, word));
      }
    }
    String part = matcher.group(4) == null ? "" : matcher.group(4);
    String text = matcher.group(2);
    boolean gitea = kind == Kind.GITEA_ORG;
    int slash = gitea ? text.indexOf('/') : -1;
    String host = slash > 0 ? text.substring(0, slash) : "";
    String name = text.substring(slash + 1);
    if (kind != Kind.GIT_LIST
        && (!NAME.matcher(name).matches()
            || (kind != Kind.GITLAB_GROUP && name.contains("/"))
            || (gitea && !HOST.matcher(host).matches()))) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s is no organisation: write github-org:NAME, gitlab-group:NAME or gitea-org:HOST/NAME"
              .formatted(location));
    }
    return new ForgeAddress(
        kind, host, name, wanted.contains("archived"), wanted.contains("forks"), part);
  }

  /// Returns the address with everything in its only order, and without its part.
  @Override
  public String toString() {
    String also = (archived ? "&archived" : "") + (forks ? "&forks" : "");
    return "%s:%s%s%s"
        .formatted(
            kind.scheme(),
            host.isEmpty() ? "" : host + "/",
            name,
            also.isEmpty() ? "" : "?" + also.substring(1));
  }

  /// Returns the address with archived repositories and forks, if they are wanted here or there.
  public ForgeAddress with(boolean alsoArchived, boolean alsoForks) {
    return new ForgeAddress(kind, host, name, archived || alsoArchived, forks || alsoForks, part);
  }

  /// Returns a text that is the same for all addresses of the organisation, see [#isSame].
  public String organization() {
    return kind == Kind.GIT_LIST
        ? "%s:%s".formatted(kind.scheme(), Path.of(name).toAbsolutePath().normalize())
        : new ForgeAddress(kind, host, name, false, false, "").toString().toLowerCase(Locale.ROOT);
  }

  /// Returns whether two addresses name the same organisation, whatever they leave out of it.
  public boolean isSame(ForgeAddress other) {
    return kind == other.kind
        && host.equalsIgnoreCase(other.host)
        && name.equalsIgnoreCase(other.name);
  }

  /// Returns the API's base, without a final slash.
  ///
  /// @param environment the process's variables
  public String api(Map<String, String> environment) {
    String own = environment.getOrDefault(kind.apiVariable(), "").strip();
    String base = own.isEmpty() || !isOwn(own) ? standard() : own;
    return base.replaceAll("/+$", "");
  }

  private String standard() {
    return kind == Kind.GITEA_ORG ? "https://%s/api/v1".formatted(host) : kind.api;
  }

  /// A Gitea's host is part of the address; the variable is about that host only.
  private boolean isOwn(String api) {
    return kind != Kind.GITEA_ORG
        || api.matches("(?i)https?://" + Pattern.quote(host) + "(?:/.*)?");
  }

  /// Returns the token, which is sent to no host that the person who set it did not name: for a
  /// Gitea, its API must be named, too.
  public String token(Map<String, String> environment) {
    boolean named =
        kind != Kind.GITEA_ORG || isOwn(environment.getOrDefault(kind.apiVariable(), "").strip());
    return named ? environment.getOrDefault(kind.tokenVariable(), "").strip() : "";
  }

  /// Returns whether the environment says how to reach it, so that a list of it may have more than
  /// everybody sees.
  public boolean isOfEnvironment(Map<String, String> environment) {
    return !environment.getOrDefault(kind.apiVariable(), "").isBlank()
        || !environment.getOrDefault(kind.tokenVariable(), "").isBlank();
  }

  /// Returns the hosts whose APIs the environment names.
  public static Set<String> hosts(Map<String, String> environment) {
    return Arrays.stream(Kind.values())
        .map(kind -> environment.getOrDefault(kind.apiVariable(), "").strip())
        .map(api -> api.replaceFirst("(?i)^https?://", "").replaceFirst("[:/].*", ""))
        .filter(host -> !host.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  Forge forge() {
    return switch (kind) {
      case GITHUB_ORG -> new GitHubOrganization(name);
      case GITLAB_GROUP -> new GitLabGroup(name);
      case GITEA_ORG -> new GiteaOrganization(name);
      case GIT_LIST -> throw new IllegalArgumentException("a file is no forge");
    };
  }
}
