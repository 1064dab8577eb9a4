package brimful.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.Sha256;
import brimful.corpus.UserError;
import brimful.source.copy.CopyFolder;
import brimful.source.copy.FetchWatch;
import brimful.source.copy.LastCopy;
import brimful.store.Disk;
import brimful.store.Folders;
import brimful.store.ProcessLock;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.URIish;

/// A remote repository, kept as a bare clone in the cache folder.
///
/// The clone holds all branches and tags and is fetched at each use, unless it already has a
/// complete commit id that is asked for. A fetch ends when the other side is silent for a minute,
/// or at the limit of its [FetchWatch]. An interrupted fetch leaves only loose ends, and the next
/// one completes it. The address is not written into the clone, because it may contain a password.
///
/// @param credentials what the other side is shown; a copy that was made with them is not the one
///   that everybody may use
record Remote(String url, Path cacheFolder, Optional<CredentialsProvider> credentials) {
  private static final int NAME_DIGITS = 24;

  private static final String BRANCHES = "refs/heads/*";
  private static final String TAGS = "refs/tags/*";

  /// How long the other side may be silent.
  private static final int SILENCE_SECONDS_MAX = 60;

  Remote(String url, Path cacheFolder) {
    this(url, cacheFolder, Optional.empty());
  }

  /// Returns where the copy is kept.
  Path folder() {
    return cacheFolder.resolve("git").resolve(folderName());
  }

  /// Opens a commit of the clone, which is fetched first and stays in use until the source is
  /// closed.
  ///
  /// A damaged clone is moved aside and cloned again once.
  Source read(String ref, Rules rules) {
    var copy = new CopyFolder(folder());
    ProcessLock using = copy.use();
    try {
      copy.note(Sources.shown(url));
      return SourceView.locked(opened(copy, ref, rules), using);
    } catch (RuntimeException e) {
      using.close();
      throw e;
    }
  }

  /// Opens the HEAD of the other side, without asking it if the copy is of the same stamp.
  ///
  /// @param stamp equal stamps mean an unchanged repository; empty if nobody can tell
  Source readLatest(String stamp, Rules rules) {
    var copy = new CopyFolder(folder());
    ProcessLock using = copy.use();
    try {
      copy.note(Sources.shown(url));
      boolean same = !stamp.isEmpty() && copy.stamp().equals(stamp);
      Source source;
      try {
        source = head(same ? stored(Constants.HEAD) : open(Constants.HEAD), rules);
      } catch (UncheckedIOException e) {
        if (!CopyFolder.isDamage(e)) {
          throw e;
        }
        copy.setAside(e);
        source = head(open(Constants.HEAD), rules);
      }
      copy.stamp(stamp);
      return SourceView.locked(source, using);
    } catch (RuntimeException e) {
      using.close();
      throw e;
    }
  }

  /// Opens HEAD as the copy has it; empty if there is no copy.
  Optional<Source> readStored(Rules rules) {
    ProcessLock using = new CopyFolder(folder()).use();
    try {
      Repository copy = bare(folder());
      if (copy.resolve(Constants.HEAD + "^{commit}") != null) {
        return Optional.of(SourceView.locked(head(copy, rules), using));
      }
      copy.close();
    } catch (IOException | RevisionSyntaxException | UncheckedIOException _) {
      // It is as good as none.
    }
    using.close();
    return Optional.empty();
  }

  /// Another process has no credentials, and finds a copy made with them by its folder.
  private Source head(Repository copy, Rules rules) {
    String location = credentials.isEmpty() ? url : folder().toString();
    return Commits.open(copy, location, Constants.HEAD, rules, submodules());
  }

  /// Opens what a page of the repository shows: a branch, tag or commit, and below it a folder or a
  /// file. A branch may have slashes: the shortest that there is counts.
  ///
  /// @param shown such as `main/docs`
  Source readPage(String shown, Rules rules) {
    String path = decoded(shown);
    String ref = path;
    if (path.indexOf('/') > 0) {
      try (Repository copy = open(Constants.HEAD)) {
        ref = refIn(copy, path);
      }
    }
    Source whole = read(ref, rules);
    return ref.length() == path.length()
        ? whole
        : SourceView.below(whole, path.substring(ref.length() + 1));
  }

  private static String decoded(String shown) {
    return URLDecoder.decode(shown.replace("+", "%2B"), UTF_8);
  }

  /// Returns the shortest beginning of a path that names a commit; all of it if none does.
  private String refIn(Repository copy, String path) {
    try {
      int slash = path.indexOf('/');
      while (slash > 0 && copy.resolve(path.substring(0, slash) + "^{commit}") == null) {
        slash = path.indexOf('/', slash + 1);
      }
      return slash > 0 ? path.substring(0, slash) : path;
    } catch (IOException | RevisionSyntaxException e) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "no branch of %s is in \"%s\": check the address".formatted(Sources.shown(url), path),
          e);
    }
  }

  /// Opens the copy for its history; it is fetched only if it lacks the commit.
  RepositoryView view(String ref) {
    ProcessLock using = new CopyFolder(folder()).use();
    try {
      return RepositoryView.of(stored(ref), Sources.shown(url), ref).then(using::close);
    } catch (RuntimeException e) {
      using.close();
      throw e;
    }
  }

  /// Opens the copy for the history of what a page shows, see [#readPage].
  RepositoryView pageView(String shown) {
    String path = decoded(shown);
    String ref;
    try (Repository copy = stored(Constants.HEAD)) {
      ref = refIn(copy, path);
    }
    RepositoryView whole = view(ref);
    return ref.length() == path.length() ? whole : whole.in(path.substring(ref.length() + 1));
  }

  private Repository stored(String ref) {
    try {
      Repository copy = bare(folder());
      if (copy.resolve(ref + "^{commit}") != null) {
        return copy;
      }
      copy.close();
    } catch (IOException | RevisionSyntaxException _) {
      // Fetching tells what is wrong.
    }
    return open(ref);
  }

  private Source opened(CopyFolder copy, String ref, Rules rules) {
    try {
      return Commits.open(open(ref), url, ref, rules, submodules());
    } catch (UncheckedIOException e) {
      if (!CopyFolder.isDamage(e)) {
        throw e;
      }
      copy.setAside(e);
      return Commits.open(open(ref), url, ref, rules, submodules());
    }
  }

  private Submodules submodules() {
    return new Submodules(Optional.empty(), Optional.of(url), cacheFolder);
  }

  /// Returns the copy, up to date; the caller closes it.
  Repository open(String ref) {
    Path folder = folder();
    try {
      URIish address = new URIish(url);
      if (!address.isRemote()) {
        Commits.requireSha1(Path.of(address.getPath()));
      }
      Repository copy = bare(folder);
      try {
        if (!hasCommit(copy, ref)) {
          FetchWatch watch = FetchWatch.present();
          try (ProcessLock _ = new CopyFolder(folder).fetch(watch)) {
            if (!hasCommit(copy, ref)) {
              fetch(copy, address, folder, ref, watch.monitor());
            }
          }
        }
      } catch (RuntimeException e) {
        copy.close();
        throw e;
      }
      return copy;
    } catch (URISyntaxException e) {
      throw new UserError(
          UserError.Kind.USAGE,
          "\"%s\" is not a git address: write it like https://host/owner/name.git".formatted(url),
          e);
    } catch (IOException e) {
      throw Disk.failure(
          e,
          folder,
          "the copy of " + Sources.shown(url),
          "cannot keep a copy in %s: make the cache folder writable".formatted(folder));
    }
  }

  private static Repository bare(Path folder) throws IOException {
    Folders.create(folder);
    Repository copy = new RepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
    if (!new File(folder.toFile(), Constants.HEAD).exists()) {
      copy.create(true);
    }
    return copy;
  }

  private static boolean hasCommit(Repository copy, String ref) throws IOException {
    return ObjectId.isId(ref) && copy.getObjectDatabase().has(ObjectId.fromString(ref));
  }

  private void fetch(
      Repository copy, URIish address, Path folder, String ref, FetchWatch.Monitor monitor)
      throws IOException {
    // Not closed: closing would close the repository, which the caller continues to use.
    FetchCommand fetch =
        new Git(copy)
            .fetch()
            .setRemote(address.toPrivateString())
            .setRefSpecs(wanted(ref))
            .setTagOpt(TagOpt.NO_TAGS)
            .setRemoveDeletedRefs(true)
            .setProgressMonitor(monitor)
            .setTimeout(SILENCE_SECONDS_MAX);
    credentials.ifPresent(fetch::setCredentialsProvider);
    try {
      FetchResult result = fetch.call();
      // JGit also returns from a fetch that was ended before anything came.
      requireWhole(monitor, address);
      follow(copy, result);
    } catch (GitAPIException | JGitInternalException e) {
      requireWhole(monitor, address);
      if (Disk.isFull(e, folder)) {
        new CopyFolder(folder).sweep();
        throw Disk.full("the copy of " + Sources.shown(address.toString()), e);
      }
      if (CopyFolder.isDamage(e)) {
        throw new UncheckedIOException(
            "the copy of %s in %s is damaged".formatted(address, folder), new IOException(e));
      }
      if (isProposal(ref) && String.valueOf(e.getMessage()).contains(ref)) {
        throw new UserError(
            UserError.Kind.NOT_FOUND,
            "%s has no %s: check the number in the address".formatted(address, ref),
            e);
      }
      throw new UserError(
          UserError.Kind.UNAVAILABLE,
          "cannot fetch %s, %s: check the address, the network and your access%s; %s"
              .formatted(address, reason(e, address), hint(address), LastCopy.line(copy, ref)),
          e);
    }
  }

  /// Returns what else the address may be: a browser shows both in the same way.
  private static String hint(URIish address) {
    boolean page = address.toString().matches("(?i)https?://[^@]+(?<!\\.git)");
    return page ? ", or write web:%s if it is a web page".formatted(address) : "";
  }

  /// Returns what the copy has of HEAD.
  Optional<LastCopy> lastCopy() {
    try (Repository copy = bare(folder())) {
      return LastCopy.in(copy, Constants.HEAD);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Returns what is fetched: branches, tags, and a ref elsewhere that is asked for by its full
  /// name.
  private static String[] wanted(String ref) {
    Stream<String> usual = Stream.of(BRANCHES, TAGS);
    boolean more = isProposal(ref);
    return Stream.concat(usual, more ? Stream.of(ref) : Stream.empty())
        .map(name -> "+%s:%s".formatted(name, name))
        .toArray(String[]::new);
  }

  private static boolean isProposal(String ref) {
    return ref.startsWith(Constants.R_REFS)
        && !ref.startsWith(Constants.R_HEADS)
        && !ref.startsWith(Constants.R_TAGS);
  }

  private static void requireWhole(FetchWatch.Monitor monitor, URIish address) {
    if (monitor.isStopped()) {
      throw new CancellationException("stopped while fetching " + address);
    }
    if (monitor.isOverdue()) {
      throw new UserError(
          UserError.Kind.TIMEOUT,
          "fetching %s takes longer than %s: clone it yourself, and name that folder"
              .formatted(address, words(FetchWatch.present().limit())));
    }
  }

  private static String words(Duration limit) {
    return limit.toMinutes() < 120
        ? "%s minutes".formatted(limit.toMinutes())
        : "%s hours".formatted(limit.toHours());
  }

  /// Points the copy's HEAD to where the other side's HEAD points.
  private static void follow(Repository copy, FetchResult result) throws IOException {
    Ref head = result.getAdvertisedRef(Constants.HEAD);
    if (head == null) {
      return;
    }
    RefUpdate update = copy.updateRef(Constants.HEAD, !head.isSymbolic());
    if (head.isSymbolic()) {
      update.link(head.getTarget().getName());
    } else {
      update.setNewObjectId(head.getObjectId());
      update.forceUpdate();
    }
  }

  private static String reason(Exception e, URIish address) {
    Throwable deepest = e;
    for (int i = 0; i < 10 && deepest.getCause() != null; i++) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof UnresolvedAddressException || deepest instanceof UnknownHostException) {
      return "its host is unknown";
    }
    String text =
        String.valueOf(deepest.getMessage()).lines().findFirst().orElse("no reason given");
    String shown = address.toString();
    return text.replace(address.toPrivateString(), shown)
        .replaceFirst("^" + Pattern.quote(shown) + ": ", "")
        .replaceAll("\\.$", "");
  }

  private String folderName() {
    String own = credentials.isEmpty() ? url : url + "\nwith credentials";
    return Sha256.hex(own).substring(0, NAME_DIGITS) + ".git";
  }
}
