package brimful.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.Sha256;
import brimful.corpus.UserError;
import brimful.source.copy.FetchWatch;
import brimful.web.RobotsRules;
import brimful.web.SiteEntry;
import brimful.web.WebAddress;
import brimful.web.WebAnswer;
import brimful.web.WebClient;
import brimful.web.WebSite;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The pages of a web site that an address stands for, see [WebSite].
///
/// A stamp is the time of day that the site's list gives for a page, else the tag or time that the
/// site answers with to a HEAD, else the hash of the page itself; a date in the list goes before
/// these, because a page may change again on the same day. A site that takes no connection fails
/// the listing; a page that is refused fails alone. Safe for many threads; holds nothing open
/// between reads.
final class WebSource implements Source {
  private static final int MOVED_EVERY_MILLIS = 250;

  /// What a document may have by the standard limit: more is not indexed anyway.
  private static final long BYTES_MAX = 2L << 30;

  private static final int BUFFER_BYTES = 64 << 10;

  /// One failed connection among hundreds of thousands is no word about the site. Java looks up a
  /// name that was not found again after 10 s.
  private static final List<Duration> AGAIN_AFTER =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(11));

  /// A time of a day. Midnight is what a mere date becomes in many lists.
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}[T ](?!00:00(?::00(?:[.]0*)?)?(?![\\d:.]))\\d{2}:\\d{2}.*");

  private final WebClient client;
  private final WebAddress address;
  private final Rules rules;
  private final long bytesMax;
  private final Consumer<WebAddress> check;

  /// What the site allows, once it was asked.
  private volatile Optional<RobotsRules> robots = Optional.empty();

  private volatile Map<DocumentId, WebAddress> known = Map.of();

  /// @param check throws if an address must not be asked; called right before each connection
  WebSource(WebClient client, WebAddress address, Rules rules, Consumer<WebAddress> check) {
    this(client, address, rules, check, BYTES_MAX);
  }

  /// @param bytesMax how much is read of a page to tell whether it has changed
  WebSource(
      WebClient client,
      WebAddress address,
      Rules rules,
      Consumer<WebAddress> check,
      long bytesMax) {
    this.bytesMax = bytesMax;
    this.client = client;
    this.address = address;
    this.rules = rules;
    this.check = check;
  }

  @Override
  public List<Listed> list() {
    FetchWatch watch = FetchWatch.present();
    var site = new WebSite(client, address, check, () -> requireGoing(watch));
    RobotsRules allowed = site.robots();
    robots = Optional.of(allowed);
    List<SiteEntry> entries = site.entries(allowed);
    Map<DocumentId, WebAddress> pages = new HashMap<>();
    for (SiteEntry entry : entries) {
      if (entry instanceof SiteEntry.Page page) {
        pages.put(page.id(), page.address());
      }
    }
    known = Map.copyOf(pages);
    return Listed.canonical(listed(entries, watch));
  }

  private void requireGoing(FetchWatch watch) {
    watch.moved().run();
    if (Thread.currentThread().isInterrupted() || watch.cancelled().getAsBoolean()) {
      throw new CancellationException("stopped while listing " + address);
    }
  }

  private List<Listed> listed(List<SiteEntry> entries, FetchWatch watch) {
    try (ExecutorService asking =
        Executors.newFixedThreadPool(
            WebClient.REQUESTS_MAX, Thread.ofPlatform().daemon().name("web-", 0).factory())) {
      List<Future<Listed>> futures = new ArrayList<>();
      try {
        for (SiteEntry entry : entries) {
          futures.add(asking.submit(() -> listed(entry)));
        }
        List<Listed> all = new ArrayList<>();
        for (Future<Listed> future : futures) {
          all.add(awaited(future, watch));
        }
        return all;
      } catch (RuntimeException e) {
        asking.shutdownNow();
        throw e;
      }
    }
  }

  private Listed awaited(Future<Listed> future, FetchWatch watch) {
    while (true) {
      try {
        return future.get(MOVED_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        requireGoing(watch);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("stopped while listing " + address);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e);
      }
    }
  }

  private Listed listed(SiteEntry entry) {
    return switch (entry) {
      case SiteEntry.Left(DocumentId id, Outcome outcome) -> new Listed.Left(id, outcome);
      case SiteEntry.Page page -> {
        // Whoever names one page wants that page.
        boolean asked = page.address().equals(address);
        Listed listed = asked ? stamped(page) : unlessSkipped(page);
        yield asked && listed instanceof Listed.File file ? file.takenBack() : listed;
      }
    };
  }

  private Listed unlessSkipped(SiteEntry.Page page) {
    String name = new String(page.id().name(), UTF_8);
    return rules
        .file(name, () -> body(page.address()))
        .<Listed>map(rule -> new Listed.Left(page.id(), rule.skipped()))
        .orElseGet(() -> stamped(page));
  }

  private Listed stamped(SiteEntry.Page page) {
    if (MOMENT.matcher(page.changed()).matches()) {
      return listed(page, "changed " + page.changed(), 0);
    }
    for (int tries = 0; ; tries++) {
      try {
        return byHead(page);
      } catch (UserError e) {
        if (e.kind() == UserError.Kind.UPSTREAM || e.kind() == UserError.Kind.TIMEOUT) {
          return new Listed.Left(page.id(), new Outcome.Failed(reason(e, page.address())));
        }
        if (tries == AGAIN_AFTER.size()) {
          // No page can be had then.
          throw e;
        }
        pause(AGAIN_AFTER.get(tries));
      } catch (IOException | UncheckedIOException e) {
        return new Listed.Left(page.id(), new Outcome.Failed(WebClient.reason(e)));
      }
    }
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped while listing " + address);
    }
  }

  private Listed byHead(SiteEntry.Page page) throws IOException {
    try (WebAnswer head = client.head(page.address(), this::requireAllowed)) {
      if (head.isBusy()) {
        return new Listed.Left(page.id(), new Outcome.Failed(head.refusal()));
      }
      if (head.isOk() && head.stamp().isPresent()) {
        return file(page, head.stamp().get(), head.bytes());
      }
    }
    return byContent(page);
  }

  /// Not every site answers to HEAD, or says what tells contents apart.
  private Listed byContent(SiteEntry.Page page) throws IOException {
    try (WebAnswer answer = client.get(page.address(), this::requireAllowed)) {
      if (!answer.isOk()) {
        return new Listed.Left(page.id(), new Outcome.Failed(answer.refusal()));
      }
      if (answer.stamp().isPresent()) {
        return file(page, answer.stamp().get(), answer.bytes());
      }
      return byHash(page, answer.body());
    }
  }

  private Listed byHash(SiteEntry.Page page, InputStream body) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      bytes += read;
      if (bytes > bytesMax) {
        return new Listed.Left(
            page.id(),
            new Outcome.Skipped(String.format(Locale.ROOT, "larger than %,d bytes", bytesMax)));
      }
      digest.update(buffer, 0, read);
    }
    return file(page, "sha256 " + HexFormat.of().formatHex(digest.digest()), bytes);
  }

  /// @param told what the site says of the page itself
  private Listed.File file(SiteEntry.Page page, String told, long bytes) {
    String stamp =
        page.changed().isEmpty() ? told : "changed %s, %s".formatted(page.changed(), told);
    return listed(page, stamp, bytes);
  }

  private Listed.File listed(SiteEntry.Page page, String stamp, long bytes) {
    // The id may have been another page's.
    String whole = "%s of %s".formatted(stamp, page.address().path());
    return new Listed.File(page.id(), whole, bytes, new Page(page.address()));
  }

  /// A page may redirect to one that robots.txt forbids.
  private void requireAllowed(WebAddress page) {
    check.accept(page);
    if (!isAllowed(page)) {
      throw new UserError(
          UserError.Kind.UPSTREAM,
          "redirects to %s, which robots.txt forbids".formatted(page.url()));
    }
  }

  private boolean isAllowed(WebAddress page) {
    return robots.isEmpty() || robots.get().allows(page);
  }

  private InputStream body(WebAddress page) throws IOException {
    if (!isAllowed(page)) {
      throw new IOException("robots.txt forbids it");
    }
    try {
      WebAnswer answer = client.get(page, this::requireAllowed);
      if (answer.isOk()) {
        return answer.body();
      }
      answer.close();
      throw answer.isMissing()
          ? new NoSuchFileException(page.url())
          : new IOException(answer.refusal());
    } catch (UserError e) {
      String said = reason(e, page);
      boolean away = e.kind() == UserError.Kind.UNAVAILABLE && !WebClient.isForNow(said);
      throw new IOException(away ? said + ", or " + WebClient.LATER : said);
    }
  }

  /// The bytes of a page.
  private final class Page implements Listed.Content {
    private final WebAddress page;

    Page(WebAddress page) {
      this.page = page;
    }

    @Override
    public InputStream open() throws IOException {
      return body(page);
    }

    @Override
    public boolean mayBeAway() {
      return true;
    }
  }

  /// The page is known by its id already.
  private static String reason(UserError e, WebAddress page) {
    String before = page.url() + ": ";
    return e.line().startsWith(before) ? e.line().substring(before.length()) : e.line();
  }

  @Override
  public Optional<Listed.File> file(DocumentId id) {
    readRobotsOnce();
    String path = new String(id.path(), UTF_8);
    Optional<WebAddress> page =
        path.startsWith("/") ? Optional.of(address.at(path)) : Optional.ofNullable(known.get(id));
    return page.<Optional<Listed.File>>map(
            found -> Optional.of(new Listed.File(id, "", 0, new Page(found))))
        .orElseGet(() -> Source.super.file(id));
  }

  private synchronized void readRobotsOnce() {
    if (robots.isEmpty()) {
      FetchWatch watch = FetchWatch.present();
      robots = Optional.of(new WebSite(client, address, check, () -> requireGoing(watch)).robots());
    }
  }

  /// The path on the site, which no id of a page is: it begins with a slash.
  @Override
  public DocumentId stored(Listed.File file) {
    return Optional.ofNullable(known.get(file.id()))
        .map(page -> DocumentId.of(page.path()))
        .orElse(file.id());
  }

  @Override
  public void requireThere() {
    var _ = new WebSite(client, address, check, () -> {}).robots();
  }

  @Override
  public String location() {
    return address.toString();
  }

  @Override
  public void close() {
    // Connections close by themselves.
  }
}
