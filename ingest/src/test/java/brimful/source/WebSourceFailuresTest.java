package brimful.source;

import static brimful.source.SiteListings.content;
import static brimful.source.SiteListings.outcome;
import static brimful.source.SiteListings.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.source.copy.FetchWatch;
import brimful.testing.FakeSite;
import brimful.web.RobotsRules;
import brimful.web.WebAddress;
import brimful.web.WebClient;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sites that forbid, fail, or are not what they should be.
@Timeout(60)
final class WebSourceFailuresTest extends SiteSources {
  private static final String NOON = "2026-01-02T12:00:00Z";

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429, 403, 401})
  void aListThatCannotBeHadFailsTheRun(int status) {
    site.status("/sitemap.xml", status, Map.of());

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> list("/"))
        .withMessageContaining("status " + status)
        .withMessageContaining("/sitemap.xml");
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> list("/sitemap.xml"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!doctype html><html>back soon</html>",
        "<urlset></urlset>",
        "<urlset><url><loc>/elsewhere</loc></url></urlset>"
      })
  void aSitemapThatListsNothingBelowAFolderFailsTheRun(String sitemap) {
    site.page("/guide/", "guide").page("/sitemap.xml", sitemap);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> list("/guide/"))
        .matches(e -> e.kind() == UserError.Kind.UNAVAILABLE)
        .withMessageContaining("/sitemap.xml");

    site.without("/sitemap.xml")
        .page("/robots.txt", "Sitemap: /maps.xml\n")
        .page("/maps.xml", sitemap);

    assertThatExceptionOfType(UserError.class).isThrownBy(() -> list("/guide/"));

    site.without("/maps.xml");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> list("/guide/"))
        .withMessageContaining("/maps.xml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sitemap.xml", "/maps/all.xml.gz", "/feed.rss", "/feed.atom"})
  void aListThatIsAPageForAMomentFailsTheRun(String path) {
    site.page(path, "\n<!DOCTYPE html><html>back soon</html>");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> list(path))
        .matches(e -> e.kind() == UserError.Kind.UNAVAILABLE)
        .withMessageContaining("answers with a page of HTML");

    site.page(path, "<report><line>of another kind</line></report>");

    assertThat(read(list(path))).hasSize(1);
  }

  @Test
  void anEmptyListFailsTheRun() {
    site.sitemap("/sitemap.xml");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> list("/sitemap.xml"))
        .withMessageContaining("lists no page");
  }

  @Test
  void aListThatBreaksOffFailsTheRun() {
    String whole = FakeSite.sitemapOf("/a | 1", "/b | 1");
    site.on(
        "/sitemap.xml",
        exchange -> {
          exchange.sendResponseHeaders(200, whole.length());
          exchange.getResponseBody().write(whole.substring(0, 150).getBytes(UTF_8));
          exchange.getResponseBody().flush();
        });

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> list("/"))
        .withMessageContaining("broke");
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> list("/sitemap.xml"));
  }

  @Test
  void anIndexInAnIndexIsRefused() {
    String index = "<sitemapindex><sitemap><loc>/index.xml</loc></sitemap></sitemapindex>";
    site.page("/index.xml", index);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> list("/index.xml"))
        .withMessageContaining("index of sitemaps in another");
  }

  @Test
  void aSitemapThatIsListedAgainAndAgainIsReadOnce() {
    site.page(
            "/index.xml",
            "<sitemapindex>%s</sitemapindex>"
                .formatted("<sitemap><loc>/maps.xml</loc></sitemap>".repeat(1_200)))
        .sitemap("/maps.xml", "/a | " + NOON);

    assertThat(read(list("/index.xml"))).containsExactly("a.html");
    assertThat(site.requests).containsOnlyOnce("GET /maps.xml");
  }

  @Test
  void robotsAreObeyed() {
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /private/open\n")
        .sitemap("/sitemap.xml", "/a", "/private/b", "/private/open/c", "/to-private")
        .page("/a", "a")
        .page("/private/open/c", "c")
        .status("/to-private", 302, Map.of("Location", "/private/d"));

    List<Listed> listed = list("/sitemap.xml");

    assertThat(read(listed)).containsExactly("a.html", "private/open/c.html");
    assertThat(outcome(listed, "private/b.html")).isEqualTo(new Outcome.Skipped("robots.txt"));
    assertThat(outcome(listed, "to-private.html"))
        .isEqualTo(
            new Outcome.Failed(
                "redirects to %s, which robots.txt forbids".formatted(site.url("/private/d"))));
    assertThat(outcome(list("/private/b"), "private/b.html"))
        .isEqualTo(new Outcome.Skipped("robots.txt"));
    assertThat(site.requests).doesNotContain("GET /private/b", "HEAD /private/b", "GET /private/d");
  }

  @Test
  void moreRulesThanAnySiteNeedsAreRefused() {
    String rules = "Disallow: /a\n".repeat(RobotsRules.RULES_MAX + 1);
    site.page("/robots.txt", "User-agent: *\n" + rules).page("/b", "b");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> list("/b"))
        .withMessageContaining("more than 10,000 rules");
    assertThat(site.requests).containsExactly("GET /robots.txt");
  }

  @Test
  void aListingCanBeStoppedWhileRulesAreApplied() {
    String[] all =
        IntStream.range(0, 5_000).mapToObj(i -> "/p" + i + " | " + NOON).toArray(String[]::new);
    site.sitemap("/sitemap.xml", all).page("/robots.txt", "User-agent: *\nDisallow: /a\n");
    var asked = new AtomicInteger();
    var watch =
        FetchWatch.ending(
            () -> site.requests.contains("GET /sitemap.xml") && asked.incrementAndGet() > 3);

    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> watch.during(() -> list("/sitemap.xml")));
    assertThat(asked).hasValue(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410, 403, 401})
  void aSiteWithoutRobotsAllowsAll(int status) {
    site.status("/robots.txt", status, Map.of()).page("/a", "a");

    assertThat(read(list("/a"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  void aSiteWhoseRobotsAreUnknownIsNotRead(int status) {
    site.status("/robots.txt", status, Map.of()).page("/a", "a");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> list("/a"))
        .withMessageContaining("robots.txt cannot be read");
    assertThat(site.requests).doesNotContain("GET /a", "HEAD /a");
  }

  @Test
  void pagesFailAloneWithTheirStatus() {
    site.sitemap("/sitemap.xml", "/gone", "/busy", "/broken", "/away", "/a", "/later | " + NOON)
        .status("/busy", 429, Map.of())
        .status("/broken", 500, Map.of())
        .status("/away", 302, Map.of("Location", "http://169.254.169.254/"))
        .page("/a", "a");

    List<Listed> listed = list("/sitemap.xml");

    assertThat(read(listed)).containsExactly("a.html", "later.html");
    assertThat(outcome(listed, "gone.html"))
        .isEqualTo(new Outcome.Failed("the site answers with status 404"));
    assertThat(outcome(listed, "busy.html"))
        .isEqualTo(new Outcome.Failed("the site answers with status 429, try again later"));
    assertThat(outcome(listed, "broken.html"))
        .isEqualTo(new Outcome.Failed("the site answers with status 500, try again later"));
    assertThat(outcome(listed, "away.html"))
        .asString()
        .contains("redirects to http://169.254.169.254/");
    assertThat(
            content(
                listed.stream()
                    .filter(one -> one.id().value().equals("later.html"))
                    .findFirst()
                    .orElseThrow()))
        .isEqualTo("failed: " + site.url("/later"));
  }

  @Test
  void noStoredPathLeadsToAnotherHost() {
    try (Source source = open("/sitemap.xml")) {
      for (String path :
          List.of("//169.254.169.254/a", "/\\169.254.169.254/a", "/@other.example/")) {
        Listed.File file = source.file(DocumentId.of(path)).orElseThrow();

        assertThat(content(file)).contains("failed: " + site.url("/"));
      }
    }
    assertThat(site.requests).hasSize(4).startsWith("GET /robots.txt");
  }

  @Test
  void aFileThatRobotsForbidIsNotReadWithoutAListing() {
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\n")
        .page("/private/a", "a")
        .page("/b", "b");
    try (Source source = open("/sitemap.xml")) {
      assertThat(content(source.file(DocumentId.of("/private/a")).orElseThrow()))
          .isEqualTo("failed: robots.txt forbids it");
      assertThat(content(source.file(DocumentId.of("/b")).orElseThrow())).isEqualTo("b");
    }
    site.status("/robots.txt", 503, Map.of());
    try (Source source = open("/sitemap.xml")) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> source.file(DocumentId.of("/b")))
          .withMessageContaining("robots.txt cannot be read");
    }
    assertThat(site.requests).doesNotContain("GET /private/a");
  }

  @Test
  void aListingCanBeStopped() {
    String[] all = IntStream.range(0, 200).mapToObj(i -> "/p" + i).toArray(String[]::new);
    site.sitemap("/sitemap.xml", all);
    var watch = FetchWatch.ending(() -> site.requests.size() > 10);
    for (String path : all) {
      site.on(
          path,
          exchange -> {
            try {
              Thread.sleep(Duration.ofSeconds(1));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            FakeSite.send(exchange, 200, new byte[1], Map.of("ETag", "1"));
          });
    }

    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> watch.during(() -> list("/sitemap.xml")));
    assertThat(site.requests.size()).isLessThan(50);
  }

  @Test
  void aNameThatIsNotFoundOnceDoesNotFailAListing() {
    site.sitemap("/sitemap.xml", "/a", "/b").page("/a", "a").page("/b", "b");
    var asked = new AtomicInteger();
    Consumer<String> check =
        page -> {
          if (page.endsWith("/b") && asked.incrementAndGet() == 1) {
            throw new UserError(UserError.Kind.FORBIDDEN, "unknown host x: check the address");
          }
        };
    try (Source source = sources.open(site.location("/sitemap.xml"), check)) {
      assertThat(read(source.list())).containsExactly("a.html", "b.html");
    }
    // Once more by HEAD, then by GET.
    assertThat(asked).hasValue(3);
  }

  @Test
  void anEndlessPageIsNotReadForItsHash() {
    site.on(
            "/endless",
            exchange -> {
              exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("GET") ? 0 : -1);
              try (OutputStream out = exchange.getResponseBody()) {
                while (exchange.getRequestMethod().equals("GET")) {
                  out.write(new byte[1 << 16]);
                }
              }
            })
        .page("/most", "a".repeat(1 << 20))
        .sitemap("/sitemap.xml", "/endless", "/most");
    WebAddress address = WebAddress.of(site.location("/sitemap.xml"));
    try (var source = new WebSource(new WebClient(), address, Rules.standard(), _ -> {}, 1 << 20)) {
      List<Listed> listed = source.list();

      assertThat(read(listed)).containsExactly("most.html");
      assertThat(outcome(listed, "endless.html"))
          .isEqualTo(new Outcome.Skipped("larger than 1,048,576 bytes"));
    }
  }

  @Test
  void aSiteThatIsAwayIsNotThere() {
    try (Source source = open("/a")) {
      source.requireThere();
      site.close();

      assertThatExceptionOfType(UserError.class)
          .isThrownBy(source::requireThere)
          .withMessageContaining("takes no connection");
    }
  }

  @Test
  void aGitAddressThatIsAPageIsToldHowToReadIt() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sources.open("https://docs.example/"))
        .withMessageContaining("web:https://docs.example/");
    site.page("/guide/info/refs?service=git-upload-pack", FakeSite.html("A page"));
    for (String path : List.of("/guide", "/missing")) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> sources.open(site.url(path)))
          .withMessageContaining("or write web:%s if it is a web page;".formatted(site.url(path)));
    }
  }
}
