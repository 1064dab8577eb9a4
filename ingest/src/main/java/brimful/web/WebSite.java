package brimful.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Finds the pages that an address stands for: one page, those that a sitemap or feed lists, or
/// those below a folder that the site's sitemap lists.
///
/// Follows no links. Lists pages that robots.txt forbids and pages of other hosts, but does not ask
/// for them. Either returns the whole list or fails. For one thread.
public final class WebSite {
  /// How the sitemap ends that a site lacks: what was there below a folder may still be.
  public static final Outcome NO_SITEMAP =
      new Outcome.Skipped("the site has none, so only the page of the address is read");

  /// Ten full sitemaps; all pages are in memory.
  private static final int PAGES_MAX = 500_000;

  /// An index may have 50,000, but they are asked for one by one.
  private static final int SITEMAPS_MAX = 1_000;

  /// How many pages are compared with robots.txt between two looks at whether to go on.
  private static final int PAGES_PER_MOVE = 1_000;

  private static final String SITEMAP = "/sitemap.xml";

  /// The ending of what is meant to be a list.
  private static final Pattern LIST = Pattern.compile("(?i)[.](?:xml(?:[.]gz)?|rss|atom)(?:[?]|$)");

  private static final Pattern HTML = Pattern.compile("(?i)[^<]*<(?:!doctype html|html)\\b");

  private final WebClient client;
  private final WebAddress address;
  private final Consumer<WebAddress> check;
  private final Runnable moved;

  /// When each page was changed, by path.
  private final Map<String, String> pages = new TreeMap<>();

  private final Map<String, WebAddress> elsewhere = new TreeMap<>();
  private final List<String> broken = new ArrayList<>();
  private boolean withoutSitemap;
  private final Set<String> sitemaps = new HashSet<>();

  /// @param check throws if an address must not be asked; called right before each connection
  /// @param moved called while it waits, and after each list; what it throws ends the search
  public WebSite(WebClient client, WebAddress address, Consumer<WebAddress> check, Runnable moved) {
    this.client = client;
    this.address = address;
    this.check = check;
    this.moved = moved;
  }

  /// Reads what the site allows.
  ///
  /// @throws UserError if nobody can tell
  public RobotsRules robots() {
    try (WebAnswer answer = asked(address.at(RobotsRules.PATH))) {
      if (answer.isOk()) {
        return bounded(RobotsRules.of(answer.body().readNBytes(RobotsRules.BYTES_MAX)));
      }
      if (answer.status() >= 400 && !answer.isForNow()) {
        return RobotsRules.ALL;
      }
      throw new UserError(
          UserError.Kind.UNAVAILABLE,
          "%s cannot be read, so nobody knows what may be: %s"
              .formatted(address.at(RobotsRules.PATH).url(), answer.refusal()));
    } catch (IOException | UncheckedIOException e) {
      throw unread(address.at(RobotsRules.PATH), e);
    }
  }

  private RobotsRules bounded(RobotsRules robots) {
    if (robots.rules().size() <= RobotsRules.RULES_MAX) {
      return robots;
    }
    // Those that are left out might forbid what is read.
    throw new UserError(
        UserError.Kind.TOO_LARGE,
        String.format(
            Locale.ROOT,
            "%s has more than %,d rules for this program: the site cannot be read",
            address.at(RobotsRules.PATH).url(),
            RobotsRules.RULES_MAX));
  }

  private static UserError unread(WebAddress what, Exception e) {
    return new UserError(
        UserError.Kind.UNAVAILABLE, "%s: %s".formatted(what.url(), WebClient.reason(e)), e);
  }

  /// Returns what the address stands for, by path.
  ///
  /// @throws UserError if there is no such page or list, or it cannot be had now
  public List<SiteEntry> entries(RobotsRules robots) {
    if (address.isFolder()) {
      below(robots);
    } else if (!robots.allows(address) && !isSitemapOf(robots)) {
      pages.put(address.path(), "");
    } else {
      named();
    }
    return named(robots);
  }

  private boolean isSitemapOf(RobotsRules robots) {
    return robots.sitemaps().stream()
        .anyMatch(text -> address.link(text).filter(address::equals).isPresent());
  }

  /// Gives each page its id: pages of the site first, so that what others list changes no id.
  private List<SiteEntry> named(RobotsRules robots) {
    var names = new PageNames();
    List<SiteEntry> entries = new ArrayList<>();
    pages.forEach((path, changed) -> {
      if (entries.size() % PAGES_PER_MOVE == 0) {
        moved.run();
      }
      WebAddress page = address.at(path);
      entries.add(
          robots.allows(page)
              ? new SiteEntry.Page(names.of(path), page, changed)
              : new SiteEntry.Left(names.of(path), new Outcome.Skipped("robots.txt")));
    });
    elsewhere
        .values()
        .forEach(other ->
            entries.add(
                new SiteEntry.Left(names.elsewhere(other), new Outcome.Skipped("another host"))));
    broken.forEach(text ->
        entries.add(
            new SiteEntry.Left(
                names.broken(text),
                new Outcome.Failed("the site lists this, and it is no address"))));
    if (withoutSitemap) {
      entries.add(new SiteEntry.Left(names.of(SITEMAP), NO_SITEMAP));
    }
    return entries;
  }

  /// Reads the page or list that the address names.
  private void named() {
    SiteList list;
    try (WebAnswer answer = asked(address)) {
      requireOk(answer, address);
      byte[] head = answer.body().readNBytes(SiteList.HEAD_BYTES);
      if (SiteList.kind(head).isEmpty()) {
        requireNoList(head);
        pages.put(address.path(), "");
        return;
      }
      list = read(head, answer);
    } catch (IOException | UncheckedIOException e) {
      throw unread(address, e);
    }
    take(list, address, false);
    if (pages.isEmpty() && elsewhere.isEmpty() && broken.isEmpty()) {
      // What was there would pass for deleted.
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "%s lists no page: check the address, or try again later".formatted(address.url()));
    }
  }

  /// A page instead of a list would take all other pages of the list away.
  private void requireNoList(byte[] head) {
    String start = new String(head, 0, Math.min(head.length, 1_024), ISO_8859_1);
    if (LIST.matcher(address.path()).find() && HTML.matcher(start).lookingAt()) {
      throw new UserError(
          UserError.Kind.UNAVAILABLE,
          "%s answers with a page of HTML instead of a list: check the address, or try again later"
              .formatted(address.url()));
    }
  }

  private WebAnswer asked(WebAddress page) {
    return client.get(page, check, moved);
  }

  /// Reads the site's sitemaps for what is below the address.
  private void below(RobotsRules robots) {
    List<WebAddress> named = new ArrayList<>();
    for (String text : robots.sitemaps()) {
      Optional<WebAddress> sitemap = address.at("/").link(text);
      if (sitemap.isEmpty()) {
        broken.add(PageNames.shown(text));
      } else if (sitemap.get().isSameSite(address)) {
        named.add(address.at(sitemap.get().path()));
      } else {
        elsewhere.put(sitemap.get().url(), sitemap.get());
      }
    }
    if (named.isEmpty()) {
      usual(robots);
    } else {
      named.stream().distinct().forEach(sitemap -> sitemap(sitemap, false));
    }
    pages.keySet().removeIf(path -> !path.startsWith(address.path()));
    if (withoutSitemap) {
      pages.put(address.path(), "");
    } else if (pages.isEmpty()) {
      // What was there would pass for deleted.
      throw new UserError(
          UserError.Kind.UNAVAILABLE,
          "%s lists no page below %s: name a page, or try again later"
              .formatted(
                  named.isEmpty() ? address.at(SITEMAP).url() : named.getFirst().url(),
                  address.url()));
    }
  }

  /// Reads the sitemap at its usual place, if there is one.
  private void usual(RobotsRules robots) {
    WebAddress sitemap = address.at(SITEMAP);
    if (!robots.allows(sitemap)) {
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "robots.txt forbids %s, which lists the pages: name one page".formatted(sitemap.url()));
    }
    SiteList list;
    try (WebAnswer answer = asked(sitemap)) {
      if (answer.isMissing()) {
        withoutSitemap = true;
        return;
      }
      requireOk(answer, sitemap);
      list = sitemap(answer);
    } catch (IOException | UncheckedIOException e) {
      throw unread(sitemap, e);
    }
    take(list, sitemap, false);
  }

  private void sitemap(WebAddress sitemap, boolean inIndex) {
    if (!sitemaps.add(sitemap.path())) {
      return;
    }
    if (sitemaps.size() > SITEMAPS_MAX) {
      throw tooMany(SITEMAPS_MAX, "sitemaps");
    }
    SiteList list;
    try (WebAnswer answer = asked(sitemap)) {
      requireOk(answer, sitemap);
      list = sitemap(answer);
    } catch (IOException | UncheckedIOException e) {
      throw unread(sitemap, e);
    }
    take(list, sitemap, inIndex);
  }

  private static SiteList sitemap(WebAnswer answer) throws IOException {
    byte[] head = answer.body().readNBytes(SiteList.HEAD_BYTES);
    if (SiteList.kind(head).isEmpty()) {
      // Some sites answer to everything with a page, also while they are mended.
      throw new UserError(
          UserError.Kind.UNAVAILABLE,
          "%s is no sitemap: name a page, or try again later".formatted(answer.at().url()));
    }
    return read(head, answer);
  }

  private static SiteList read(byte[] head, WebAnswer answer) {
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), answer.body());
    return SiteList.read(whole, answer.at().url());
  }

  private static void requireOk(WebAnswer answer, WebAddress page) {
    if (answer.isOk()) {
      return;
    }
    throw switch (answer.status()) {
      case 404, 410 ->
          new UserError(
              UserError.Kind.NOT_FOUND,
              "%s: %s, check the address".formatted(page.url(), answer.refusal()));
      case 401, 403 ->
          new UserError(
              UserError.Kind.FORBIDDEN,
              "%s: %s, only what everybody sees is read".formatted(page.url(), answer.refusal()));
      default ->
          new UserError(
              UserError.Kind.UNAVAILABLE, "%s: %s".formatted(page.url(), answer.refusal()));
    };
  }

  /// Takes what a list has. Its answer is closed by now: each holds a place at the host, and who
  /// asks for the next list needs one.
  private void take(SiteList list, WebAddress from, boolean inIndex) {
    moved.run();
    if (list.kind() == SiteList.Kind.SITEMAP_INDEX && inIndex) {
      throw SiteList.broken(from.url(), "is an index of sitemaps in another one");
    }
    for (SiteList.Entry entry : list.entries()) {
      Optional<WebAddress> target = from.link(entry.location());
      if (target.isEmpty()) {
        broken.add(PageNames.shown(entry.location()));
      } else if (!target.get().isSameSite(address)) {
        elsewhere.put(target.get().url(), target.get());
      } else if (list.kind() == SiteList.Kind.SITEMAP_INDEX) {
        sitemap(address.at(target.get().path()), true);
      } else {
        pages.merge(target.get().path(), entry.changed(), (a, b) -> a.compareTo(b) < 0 ? b : a);
      }
    }
    if (pages.size() + elsewhere.size() + broken.size() > PAGES_MAX) {
      throw tooMany(PAGES_MAX, "pages");
    }
  }

  private UserError tooMany(int most, String what) {
    return new UserError(
        UserError.Kind.TOO_LARGE,
        String.format(
            Locale.ROOT,
            "%s lists more than %,d %s: name its sitemaps one by one",
            address,
            most,
            what));
  }
}
