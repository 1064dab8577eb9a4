package brimful.source;

import static brimful.source.SiteListings.content;
import static brimful.source.SiteListings.ids;
import static brimful.source.SiteListings.outcome;
import static brimful.source.SiteListings.read;
import static brimful.source.SiteListings.stamps;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.testing.FakeSite;
import brimful.web.WebSite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class WebSourceTest extends SiteSources {
  @Test
  void onePageIsReadWhateverItsNameSays() {
    site.page("/guide/intro", "text", Map.of("ETag", "\"1\"")).page("/logo.png", "text");

    List<Listed> page = list("/guide/intro#part");

    assertThat(ids(page)).containsExactly("guide/intro.html");
    assertThat(stamps(page)).containsExactly("etag \"1\" of /guide/intro");
    assertThat(content(page.getFirst())).isEqualTo("text");
    assertThat(read(list("/logo.png"))).containsExactly("logo.png");
  }

  @Test
  void aSitemapGivesItsPages() {
    site.sitemap(
            "/sitemap.xml",
            site.url("/"),
            site.url("/b.html") + " | 2026-01-02T03:04:05Z",
            "https://other.example/c",
            "mailto:a@example.org",
            site.url("/b.html#again"))
        .page("/", "home", Map.of("Last-Modified", "Fri, 27 Nov 2026 08:00:00 GMT"))
        .page("/b.html", "b");

    List<Listed> listed = list("/sitemap.xml");

    assertThat(ids(listed))
        .containsExactly("b.html", "index.html", "mailto:a@example.org", "other.example/c.html");
    assertThat(stamps(listed))
        .containsExactly(
            "changed 2026-01-02T03:04:05Z of /b.html",
            "modified Fri, 27 Nov 2026 08:00:00 GMT of /",
            "none",
            "none");
    assertThat(outcome(listed, "other.example/c.html"))
        .isEqualTo(new Outcome.Skipped("another host"));
    assertThat(outcome(listed, "mailto:a@example.org"))
        .isEqualTo(new Outcome.Failed("the site lists this, and it is no address"));
    assertThat(site.requests).doesNotContain("HEAD /b.html", "GET /b.html");
  }

  @Test
  void aDayIsNoTimeOfAChange() {
    site.sitemap("/sitemap.xml", "/a | 2026-01-02", "/b | 2026-01-02T00:00:00+00:00", "/c | today")
        .page("/a", "a", Map.of("ETag", "1"))
        .page("/b", "b", Map.of("ETag", "1"))
        .page("/c", "c");
    List<String> first = stamps(list("/sitemap.xml"));

    site.page("/a", "later", Map.of("ETag", "2"))
        .page("/b", "later", Map.of("ETag", "2"))
        .page("/c", "later");

    assertThat(stamps(list("/sitemap.xml"))).doesNotContainAnyElementsOf(first);
    assertThat(first.getFirst()).startsWith("changed 2026-01-02, etag 1");
  }

  @Test
  void anIdThatMovesToAnotherPageHasAnotherStamp() {
    site.sitemap(
        "/sitemap.xml", "/guide | 2026-01-02T03:04:05Z", "/guide.html | 2026-01-02T03:04:05Z");
    List<Listed> both = list("/sitemap.xml");

    site.sitemap("/sitemap.xml", "/guide.html | 2026-01-02T03:04:05Z");
    List<Listed> one = list("/sitemap.xml");

    assertThat(ids(both)).first().isEqualTo("guide.html");
    assertThat(ids(one)).containsExactly("guide.html");
    assertThat(stamps(both)).first().isNotEqualTo(stamps(one).getFirst());
  }

  @Test
  void packedSitemapsAndIndexesGiveTheirPages() {
    site.page(
            "/index.xml",
            "<sitemapindex><sitemap><loc>%s</loc></sitemap><sitemap><loc>/two.xml</loc></sitemap><sitemap><loc>http://other.example/x.xml</loc></sitemap></sitemapindex>"
                .formatted(site.url("/one.xml.gz")))
        .bytes(
            "/one.xml.gz",
            FakeSite.packed(FakeSite.sitemapOf("/a | 2026-01-02T03:04:05Z").getBytes(UTF_8)),
            Map.of("Content-Type", "application/octet-stream"))
        .sitemap("/two.xml", "/b | 2026-01-02T03:04:05Z");

    assertThat(ids(list("/index.xml"))).containsExactly("a.html", "b.html", "other.example/x.xml");
    assertThat(ids(list("/one.xml.gz"))).containsExactly("a.html");
  }

  @Test
  void aFeedGivesThePagesOfItsEntries() {
    site.page(
            "/feed.xml",
            "<rss><channel><item><link>%s</link></item><item><link>/2</link></item></channel></rss>"
                .formatted(site.url("/1")))
        .page("/1", "one", Map.of("ETag", "1"))
        .page("/2", "two");

    List<Listed> listed = list("/feed.xml");

    assertThat(ids(listed)).containsExactly("1.html", "2.html");
    assertThat(stamps(listed)).first().isEqualTo("etag 1 of /1");
    assertThat(stamps(listed)).last().asString().matches("sha256 [0-9a-f]{64} of /2");
  }

  @Test
  void aFolderGivesThePagesBelowItThatTheSitemapLists() {
    site.page("/robots.txt", "Sitemap: /maps/all.xml\nSitemap: https://other.example/s.xml\n")
        .sitemap(
            "/maps/all.xml",
            "/guide/a | 2026-01-02T03:04:05Z",
            "/guide/b/c | 2026-01-02T03:04:05Z",
            "/guides | 2026-01-02T03:04:05Z",
            "/guide/ | 2026-01-02T03:04:05Z");

    assertThat(ids(list("/guide/")))
        .containsExactly(
            "guide/a.html", "guide/b/c.html", "guide/index.html", "other.example/s.xml");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void withoutASitemapAFolderIsItsPage(int status) {
    site.page("/guide/", "guide", Map.of("ETag", "1")).status("/sitemap.xml", status, Map.of());

    List<Listed> listed = list("/guide/");

    assertThat(read(listed)).containsExactly("guide/index.html");
    assertThat(outcome(listed, "sitemap.xml")).isEqualTo(WebSite.NO_SITEMAP);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 410, 501})
  void aSiteThatDoesNotTakeHeadsIsAskedForPages(int status) {
    site.on(
        "/a",
        exchange -> {
          boolean head = exchange.getRequestMethod().equals("HEAD");
          FakeSite.send(exchange, head ? status : 200, "a".getBytes(UTF_8), Map.of("ETag", "7"));
        });

    assertThat(stamps(list("/a"))).containsExactly("etag 7 of /a");
  }

  @Test
  void namesThatRulesSkipAreSkippedInLists() {
    site.sitemap(
            "/sitemap.xml",
            "/logo.png | 2026-01-02T03:04:05Z",
            "/tool.exe | 2026-01-02T03:04:05Z",
            "/notes.lib | 2026-01-02T03:04:05Z",
            "/vendor/a | 2026-01-02T03:04:05Z")
        .page("/notes.lib", "a text file ".repeat(20));

    List<Listed> listed = list("/sitemap.xml");

    assertThat(read(listed)).containsExactly("notes.lib", "vendor/a.html");
    assertThat(outcome(listed, "logo.png")).isEqualTo(Rule.MEDIA.skipped());
  }

  @Test
  void oddPathsAreAskedForAsTheyAre() {
    List<String> paths =
        List.of(
            "/a%2Fb",
            "/%D7%A9%D7%9C%D7%95%D7%9D", "/a%20b.txt?x=%26", "/%2e%2e/c", "/..%2Fd", "/e%00f");
    site.sitemap("/sitemap.xml", paths.toArray(String[]::new));
    for (String path :
        List.of(
            "/a%2Fb", "/%D7%A9%D7%9C%D7%95%D7%9D", "/a%20b.txt?x=%26", "/c", "/..%2Fd", "/e%00f")) {
      site.page(path, path);
    }

    List<Listed> listed = list("/sitemap.xml");

    assertThat(ids(listed))
        .containsExactlyInAnyOrder(
            "a%2Fb.html", "שלום.html", "a b.txt?x=&.txt", "c.html", "..%2Fd.html", "e\\x00f.html");
    assertThat(listed.stream().map(SiteListings::content))
        .containsExactlyInAnyOrder(
            "/a%2Fb", "/%D7%A9%D7%9C%D7%95%D7%9D", "/a%20b.txt?x=%26", "/c", "/..%2Fd", "/e%00f");
  }

  @Test
  void manyPagesAreListedTheSameWayEachTime() {
    String[] all = IntStream.range(0, 500).mapToObj(i -> "/p" + i).toArray(String[]::new);
    site.sitemap("/sitemap.xml", all);
    for (String path : all) {
      site.page(path, path, Map.of("ETag", path));
    }

    List<Listed> first = list("/");
    site.requests.clear();
    List<Listed> second = list("/");

    assertThat(first).hasSize(500);
    assertThat(stamps(second)).isEqualTo(stamps(first));
    assertThat(site.requests).filteredOn(one -> one.startsWith("GET")).hasSize(2);
  }

  @Test
  void aFileIsFoundByWhereItIsStored() {
    site.sitemap("/sitemap.xml", "/a%2Fb", "/c?d=%C3%A9")
        .page("/a%2Fb", "one")
        .page("/c?d=%C3%A9", "two");
    List<DocumentId> stored = new ArrayList<>();
    List<String> contents = new ArrayList<>();
    try (Source source = open("/sitemap.xml")) {
      for (Listed listed : source.list()) {
        stored.add(source.stored((Listed.File) listed));
        contents.add(content(listed));
      }
    }
    site.requests.clear();

    try (Source other = open("/sitemap.xml")) {
      assertThat(stored.stream().map(id -> content(other.file(id).orElseThrow())))
          .isEqualTo(contents)
          .containsExactly("one", "two");
    }
    assertThat(site.requests).containsExactly("GET /robots.txt", "GET /a%2Fb", "GET /c?d=%C3%A9");
  }

  @Test
  void eachRequestIsChecked() {
    site.page("/a", "a");
    List<String> checked = new ArrayList<>();
    try (Source source = sources.open(site.location("/a"), checked::add)) {
      assertThat(content(source.list().getFirst())).isEqualTo("a");
    }
    assertThat(checked)
        .hasSameSizeAs(site.requests)
        .contains(site.location("/robots.txt"), site.location("/a"));
  }
}
