package brimful.source;

import brimful.bucket.BucketAddress;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.source.copy.CopyFolder;
import brimful.source.copy.FetchWatch;
import brimful.source.copy.LastCopy;
import brimful.source.forge.ForgeAddress;
import brimful.source.forge.ForgeList;
import brimful.source.forge.ForgeRepository;
import brimful.web.WebAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Opens all repositories of an organisation or of a list as one source, a part for each.
///
/// A few are fetched at a time; one whose stamp is that of its copy is not asked at all. One that
/// cannot be fetched is read from its last copy, and listed as failed beside it: a server that is
/// away for a while must not empty an index.
///
/// @param environment the process's variables, which have tokens and the addresses of APIs
/// @param check throws if an address of a list must not be read
record Repositories(
    Rules rules,
    Path cacheFolder,
    Clock clock,
    Map<String, String> environment,
    Consumer<String> check) {
  private static final int FETCHES_MAX = 6;

  /// Where a repository's own outcome is listed, as that of a broken one in a folder is.
  private static final DocumentId ITSELF = DocumentId.of(".git");

  Source open(ForgeAddress address) {
    var list = new ForgeList(address, environment);
    SequencedMap<String, ForgeRepository> wanted = new LinkedHashMap<>();
    // A repository that moves while pages are turned is on two of them.
    list.repositories(Repositories::isGit).forEach(one -> wanted.putIfAbsent(one.name(), one));
    if (address.kind() == ForgeAddress.Kind.GIT_LIST) {
      wanted.values().forEach(one -> check.accept(one.url()));
    }
    FetchWatch watch = FetchWatch.present();
    List<Callable<Source>> tasks = new ArrayList<>();
    for (ForgeRepository one : wanted.values()) {
      tasks.add(() -> watch.during(() -> part(one, list)));
    }
    List<Source> opened = all(tasks);
    SequencedMap<String, Source> parts = new LinkedHashMap<>();
    int next = 0;
    for (String name : wanted.keySet()) {
      parts.put(name, opened.get(next++));
    }
    return new JoinedSource(parts);
  }

  private static boolean isGit(String line) {
    return Sources.isAddress(line) && !BucketAddress.isMeant(line) && !WebAddress.isMeant(line);
  }

  /// Runs all tasks; if one fails, closes what the others have opened.
  private static List<Source> all(List<Callable<Source>> tasks) {
    var opened = new ArrayList<Source>();
    try (ExecutorService fetching =
        Executors.newFixedThreadPool(
            FETCHES_MAX, Thread.ofPlatform().daemon().name("fetch-", 0).factory())) {
      List<Future<Source>> futures = tasks.stream().map(fetching::submit).toList();
      try {
        for (Future<Source> future : futures) {
          opened.add(future.get());
        }
        return opened;
      } catch (ExecutionException | InterruptedException e) {
        futures.forEach(future -> future.cancel(true));
        fetching.shutdownNow();
        futures.stream()
            .filter(future -> future.state() == Future.State.SUCCESS)
            .forEach(future -> future.resultNow().close());
        throw failure(e);
      }
    }
  }

  private static RuntimeException failure(Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new CancellationException("stopped while fetching repositories");
    }
    return e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e);
  }

  private Source part(ForgeRepository one, ForgeList list) {
    var remote = new Remote(one.url(), cacheFolder, list.credentials(one));
    try {
      Source latest = remote.readLatest(one.settled(clock.instant()), rules);
      new CopyFolder(remote.folder()).usedBy(list.organization());
      return latest;
    } catch (UserError e) {
      return switch (e.kind()) {
        case NOT_FOUND -> Unread.of(one, new Outcome.Skipped("repository without a commit"));
        case UNAVAILABLE -> {
          String line = LastCopy.without(e.line());
          Optional<Source> stored = remote.readStored(rules);
          String read = remote.lastCopy().map(LastCopy::display).orElse("its last copy");
          yield stored
              .map(copy ->
                  beside(copy, new Outcome.Failed("%s; %s is read instead".formatted(line, read))))
              .orElseGet(() ->
                  Unread.of(one, new Outcome.Failed(line + "; there is no copy, so none is read")));
        }
        default -> throw e;
      };
    }
  }

  private static Source beside(Source copy, Outcome failed) {
    return new SourceView(
        copy,
        all -> {
          var more = new ArrayList<Listed>(all);
          more.add(new Listed.Left(ITSELF, failed));
          return Listed.canonical(more);
        },
        () -> {});
  }

  /// A repository of which nothing can be read.
  private record Unread(String location, List<Listed> list) implements Source {
    static Source of(ForgeRepository one, Outcome outcome) {
      return new Unread(one.url(), List.of(new Listed.Left(ITSELF, outcome)));
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
