package brimful.source;

import brimful.bucket.BucketAddress;
import brimful.bucket.ObjectStore;
import brimful.corpus.HomePath;
import brimful.corpus.UserError;
import brimful.source.forge.ForgeAddress;
import brimful.source.git.GitEnvironment;
import brimful.source.git.WorkTree;
import brimful.source.own.OwnFiles;
import brimful.web.WebAddress;
import brimful.web.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recognises what a location is, and opens it.
///
/// | location | what is read |
/// |---|---|
/// | `folder`, a git work tree or not | its files as they are |
/// | `file` | that file |
/// | `repo.git`, a bare repository | the tree of its HEAD |
/// | `repo.git@v1.2`, `worktree@HEAD~3` | the tree of that commit, branch or tag |
/// | `https://…`, `ssh://…`, `git://…`, `file://…`, `git@host:owner/name.git`, each with `@REF` or not | the tree of a copy in the cache folder |
/// | `https://host/owner/name/tree/BRANCH/FOLDER`, as a browser shows it | the tree of that branch, below the folder |
/// | `https://host/owner/name/pull/NUMBER`, and GitLab's `/-/merge_requests/NUMBER` | the tree that is proposed |
/// | `s3://bucket/prefix` | the objects below it |
/// | `web:https://host/path` | that page, the pages of that sitemap or feed, or those below that folder |
/// | `github-org:NAME`, `gitlab-group:NAME`, `gitea-org:HOST/NAME` | HEAD of each of its repositories |
/// | `git-list:FILE` | HEAD of each repository that the file names |
///
/// If the whole text names something in the file system, it means that.
public final class Sources {
  private static final Pattern URL =
      Pattern.compile("(?:(?:https?|ssh|git|file)://[^/]*/|s3://|web:|[\\w.-]+@[\\w.-]+:).+");

  /// The address, and a `@REF` behind it that is not the `@scope` of a path.
  private static final Pattern AT_REF =
      Pattern.compile("((?:\\w+://[^/]*/|[\\w.-]+@[^:]+:)(?:.*?\\.git|.*?[^/@]))@([^@/].*)");

  /// What a browser shows of a folder or file: the repository, and a branch with a path behind it.
  private static final Pattern PAGE =
      Pattern.compile(
          "(?!.*\\.git(?:@|$))(https?://[^/]+/[^/?#]+/[^?#]+?)(?:/-)?/(?:tree|blob)/([^?#]+?)/*(?:[?#].*)?");

  /// What a browser shows of proposed changes: the repository, their kind and number.
  private static final Pattern PROPOSAL =
      Pattern.compile(
          "(?!.*(?:\\.git@|@refs/))((?:https?://[^/]+|file://)/[^?#]+?)(?:/-)?/(pull|merge_requests)/([1-9][0-9]{0,8})(?:[/?#].*)?");

  /// What would be one, but for its number.
  private static final Pattern NUMBERLESS =
      Pattern.compile(
          "https?://(?:github\\.com/[^/?#]+/[^/?#]+/pull|[^?#]+/-/merge_requests)(?:[/?#].*)?");

  private static final String HEAD = "HEAD";

  private final Rules rules;
  private final Path cacheFolder;
  private final Clock clock;
  private final GitEnvironment environment;
  private final OwnFiles own;

  /// Made for the first location that needs it: its libraries take a moment to load.
  private Optional<ObjectStore> store = Optional.empty();

  private Optional<WebClient> web = Optional.empty();

  /// @param cacheFolder where copies of remote repositories are kept
  /// @param clock tells which files have just been changed
  public Sources(Rules rules, Path cacheFolder, Clock clock) {
    this(rules, cacheFolder, clock, System.getenv(), OwnFiles.NONE);
  }

  /// @param cacheFolder where copies of remote repositories are kept
  /// @param clock tells which files have just been changed
  /// @param environment the process's variables, by which the settings of git and of the object
  ///   store are found
  /// @param own files that are not sources
  public Sources(
      Rules rules, Path cacheFolder, Clock clock, Map<String, String> environment, OwnFiles own) {
    this.rules = rules;
    this.cacheFolder = cacheFolder;
    this.clock = clock;
    this.environment = new GitEnvironment(environment);
    this.own = own;
  }

  /// Opens a location; the caller closes it.
  ///
  /// @throws UserError if there is no such path, repository or commit
  /// @throws UncheckedIOException if it exists but cannot be read or fetched
  public Source open(String location) {
    return open(location, false, _ -> {});
  }

  /// Opens a location, and what it lists, if that is allowed; the caller closes it.
  ///
  /// @param check throws if an address in a list must not be read
  public Source open(String location, Consumer<String> check) {
    return open(location, false, check);
  }

  /// Opens the repository that a location lies in; the caller closes it.
  ///
  /// A copy of a remote repository is taken as it is, if it has what the location shows: whoever
  /// has just read the source has fetched it.
  ///
  /// @throws UserError if it lies in none
  public RepositoryView repository(String given) {
    String location = expanded(given);
    Optional<Path> path = existing(location);
    if (path.isPresent()) {
      return Commits.view(real(path.get()), location);
    }
    if (BucketAddress.isMeant(location) || WebAddress.isMeant(location)) {
      throw Commits.noRepository(location);
    }
    if (isAddress(location)) {
      return remoteView(location);
    }
    int at = repositoryEnd(location);
    if (at < 0) {
      throw Commits.noRepository(location);
    }
    return Commits.view(
        real(Path.of(location.substring(0, at))), location, location.substring(at + 1));
  }

  /// Returns the top folder of the git work tree that a folder lies in.
  public static Optional<Path> workTree(Path folder) {
    return WorkTree.around(folder).map(WorkTree::root);
  }

  /// Returns whether a location is an address of proposed changes: a pull request.
  public static boolean isProposal(String location) {
    return existing(location).isEmpty()
        && !PAGE.matcher(location).matches()
        && PROPOSAL.matcher(location).matches();
  }

  private RepositoryView remoteView(String location) {
    Matcher page = PAGE.matcher(location);
    if (page.matches()) {
      return new Remote(page.group(1), cacheFolder).pageView(page.group(2));
    }
    Matcher proposal = PROPOSAL.matcher(location);
    if (proposal.matches()) {
      return new Remote(proposal.group(1), cacheFolder).view(proposed(proposal)).proposedTo(HEAD);
    }
    Matcher atRef = AT_REF.matcher(location);
    boolean named = atRef.matches();
    return new Remote(named ? atRef.group(1) : location, cacheFolder)
        .view(named ? atRef.group(2) : HEAD);
  }

  private static void requireNumber(String location) {
    if (!PROPOSAL.matcher(location).matches() && NUMBERLESS.matcher(location).matches()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s names no pull request: give its number, as in …/pull/123 or …/-/merge_requests/123"
              .formatted(location));
    }
  }

  /// Returns the ref under which a server keeps what is proposed.
  private static String proposed(Matcher proposal) {
    String folder = proposal.group(2).equals("pull") ? "pull" : "merge-requests";
    return "refs/%s/%s/head".formatted(folder, proposal.group(3));
  }

  /// Opens a location of a command; the caller closes it.
  ///
  /// @param among whether it is one of several: then Brimful's own output is skipped, because a
  ///   shell's `*` names it, too
  public Source open(NamedLocation named, boolean among) {
    Source source = open(named.location(), among, _ -> {});
    return source instanceof SingleFile file ? file.named(named.name()) : source;
  }

  private Source open(String given, boolean among, Consumer<String> check) {
    String location = expanded(given);
    Optional<Path> path = existing(location);
    if (path.isPresent()) {
      return local(path.get(), among && rules.has(Rule.OWN));
    }
    if (ForgeAddress.isMeant(location)) {
      return new Repositories(rules, cacheFolder, clock, environment.variables(), check)
          .open(ForgeAddress.of(location));
    }
    if (BucketAddress.isMeant(location)) {
      return new BucketSource(store(), BucketAddress.of(location), rules);
    }
    if (WebAddress.isMeant(location)) {
      return new WebSource(
          web(), WebAddress.of(location), rules, page -> check.accept(page.toString()));
    }
    if (isAddress(location)) {
      requireNumber(location);
      return remote(location);
    }
    int at = repositoryEnd(location);
    if (at > 0) {
      return Commits.open(
          real(Path.of(location.substring(0, at))), location.substring(at + 1), rules, cacheFolder);
    }
    throw new UserError(
        UserError.Kind.NOT_FOUND,
        "no file or folder \"%s\": check the path, or name a git address%s"
            .formatted(location, isPageOrSite(location) ? ", or a web page: web:" + location : ""));
  }

  private static boolean isPageOrSite(String location) {
    return location.matches("(?i)https?://[^@]+");
  }

  /// Returns whether a location lists a file of this machine, read or not. Files that ignore files
  /// name do not count.
  ///
  /// @param file by its real path
  public boolean lists(String given, Path file) {
    String location = expanded(given);
    if (existing(location).map(Sources::real).filter(file::startsWith).isEmpty()) {
      return false;
    }
    try (Source source = open(location)) {
      if (!(source instanceof FolderSource folder)) {
        return source.location().equals(file.toString());
      }
      return folder.lists(file);
    }
  }

  /// Returns the file, folder or repository of this machine that [#open] would read.
  ///
  /// @return empty for an address, and if there is nothing
  public static Optional<Path> local(String location) {
    Optional<Path> path = existing(location);
    if (path.isPresent() || isAddress(location)) {
      return path;
    }
    int at = repositoryEnd(location);
    return at > 0 ? Optional.of(Path.of(location.substring(0, at))) : Optional.empty();
  }

  /// Returns whether a location is an address, or something of this machine that is there.
  public static boolean isThere(String location) {
    return isAddress(location) || ForgeAddress.isMeant(location) || local(location).isPresent();
  }

  /// Returns whether a location is on another machine, unless a file has that name.
  public static boolean isAddress(String location) {
    return URL.matcher(location).matches();
  }

  /// Returns where in `repository@ref` the first `@` behind something that exists is; -1 if
  /// nowhere.
  private static int repositoryEnd(String location) {
    int at = location.indexOf('@', 1);
    while (at > 0 && existing(location.substring(0, at)).isEmpty()) {
      at = location.indexOf('@', at + 1);
    }
    return at;
  }

  /// Returns whether this process may see more of an organisation than everybody.
  public boolean isOfEnvironment(ForgeAddress address) {
    return address.isOfEnvironment(environment.variables());
  }

  /// Returns the host that lists the repositories of an organisation.
  public String apiHost(ForgeAddress address) {
    return Optional.ofNullable(URI.create(address.api(environment.variables())).getHost())
        .orElse("");
  }

  /// Returns the location of a list file with an absolute path; all others as they are.
  public static String absolute(String location) {
    String scheme = ForgeAddress.Kind.GIT_LIST.scheme() + ":";
    return location.startsWith(scheme) && ForgeAddress.isMeant(location)
        ? scheme + Path.of(ForgeAddress.of(location).name()).toAbsolutePath().normalize()
        : location;
  }

  /// Returns a location with `~` replaced by the user's home folder.
  public String expanded(String location) {
    String list = ForgeAddress.Kind.GIT_LIST.scheme() + ":";
    return location.startsWith(list)
        ? list + HomePath.expanded(location.substring(list.length()), environment.variables())
        : HomePath.expanded(location, environment.variables());
  }

  private Source local(Path path, boolean among) {
    Path real = real(path);
    if (!Files.isDirectory(real)) {
      String name = Optional.ofNullable(path.getFileName()).orElse(path).toString();
      return new SingleFile(real, name, clock, among ? Optional.of(own) : Optional.empty());
    }
    if (Commits.isBare(real)) {
      return Commits.open(real, HEAD, rules, cacheFolder);
    }
    return new FolderSource(real, rules, clock, environment, own);
  }

  private synchronized ObjectStore store() {
    if (store.isEmpty()) {
      store = Optional.of(ObjectStore.of(environment.variables()));
    }
    return store.get();
  }

  private synchronized WebClient web() {
    if (web.isEmpty()) {
      web = Optional.of(new WebClient());
    }
    return web.get();
  }

  private Source remote(String location) {
    Matcher page = PAGE.matcher(location);
    if (page.matches()) {
      return new Remote(page.group(1), cacheFolder).readPage(page.group(2), rules);
    }
    Matcher proposal = PROPOSAL.matcher(location);
    if (proposal.matches()) {
      return new Remote(proposal.group(1), cacheFolder).read(proposed(proposal), rules);
    }
    Matcher atRef = AT_REF.matcher(location);
    boolean named = atRef.matches();
    String url = named ? atRef.group(1) : location;
    String ref = named ? atRef.group(2) : HEAD;
    return new Remote(url, cacheFolder).read(ref, rules);
  }

  /// Returns the folder in the cache that a location is copied to; empty if it is no git address.
  public static Optional<Path> copy(String location, Path cacheFolder) {
    if (existing(location).isPresent()
        || !isAddress(location)
        || BucketAddress.isMeant(location)
        || WebAddress.isMeant(location)) {
      return Optional.empty();
    }
    Matcher page = PAGE.matcher(location);
    Matcher proposal = PROPOSAL.matcher(location);
    Matcher atRef = AT_REF.matcher(location);
    String url =
        page.matches()
            ? page.group(1)
            : proposal.matches() ? proposal.group(1) : atRef.matches() ? atRef.group(1) : location;
    return Optional.of(new Remote(url, cacheFolder).folder());
  }

  /// Returns a location for storing and showing: without user name and password.
  public static String shown(String location) {
    return isAddress(location) ? location.replaceFirst("://[^/@]*@", "://") : location;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the attributes of %s: make it readable".formatted(path), e);
    }
  }

  private static Optional<Path> existing(String text) {
    try {
      Path path = Path.of(text);
      return !text.isBlank() && Files.exists(path) ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
