package brimful.web;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.testing.FakeSite;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SiteListTest {
  private static final String URL = "https://a.example/list.xml";

  private static SiteList read(String text) {
    return read(text.getBytes(UTF_8));
  }

  private static SiteList read(byte[] bytes) {
    return SiteList.read(new ByteArrayInputStream(bytes), URL);
  }

  @Test
  void aSitemapHasPagesAndTheirTimes() {
    SiteList list =
        read(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- made by hand -->
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
                xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
              <url><loc>
                https://a.example/a?x=1&amp;y=2
              </loc><lastmod>2026-01-02</lastmod>
                <image:image><image:loc>https://a.example/i.png</image:loc></image:image></url>
              <url><loc><![CDATA[https://a.example/b]]></loc></url>
            </urlset>
            """);

    assertThat(list.kind()).isEqualTo(SiteList.Kind.SITEMAP);
    assertThat(list.entries())
        .containsExactly(
            new SiteList.Entry("https://a.example/a?x=1&y=2", "2026-01-02"),
            new SiteList.Entry("https://a.example/b", ""));
  }

  @Test
  void anIndexHasSitemaps() {
    SiteList list =
        read(
            "<s:sitemapindex xmlns:s='http://www.sitemaps.org/schemas/sitemap/0.9'><s:sitemap>"
                + "<s:loc>/one.xml</s:loc></s:sitemap></s:sitemapindex>");

    assertThat(list.kind()).isEqualTo(SiteList.Kind.SITEMAP_INDEX);
    assertThat(list.entries()).containsExactly(new SiteList.Entry("/one.xml", ""));
  }

  @Test
  void feedsHaveThePagesOfTheirEntries() {
    SiteList rss =
        read(
            """
            <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
              <link>https://a.example/</link>
              <atom:link href="https://a.example/feed.xml" rel="self"/>
              <image><link>https://a.example/logo</link></image>
              <item><title>One</title><link>https://a.example/1</link><guid>x</guid>
                <atom:link href="https://a.example/wrong"/></item>
              <item><guid>https://a.example/2</guid></item>
              <item><guid isPermaLink="false">https://a.example/3</guid></item>
            </channel></rss>
            """);
    SiteList rdf =
        read(
            """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
              <channel><link>https://a.example/</link></channel>
              <item rdf:about="x"><link>https://a.example/1</link></item>
            </rdf:RDF>
            """);
    SiteList atom =
        read(
            """
            <feed xmlns="http://www.w3.org/2005/Atom"><link href="https://a.example/"/>
              <entry><link rel="self" href="/entry.xml"/><link href="/1"/><link rel="alternate" href="/1.txt"/>
                <updated>2026-01-02T00:00:00Z</updated>
                <source><link href="/source"/></source></entry>
              <entry><link rel="alternate" href="/2"/></entry>
            </feed>
            """);

    assertThat(rss.kind()).isEqualTo(SiteList.Kind.FEED);
    assertThat(rss.entries())
        .extracting(SiteList.Entry::location)
        .containsExactly("https://a.example/1", "https://a.example/2", "");
    assertThat(rdf.entries()).containsExactly(new SiteList.Entry("https://a.example/1", ""));
    assertThat(atom.entries())
        .containsExactly(new SiteList.Entry("/1", ""), new SiteList.Entry("/2", ""));
  }

  @Test
  void listsAreKnownByTheirContent() {
    byte[] sitemap = FakeSite.sitemapOf("https://a.example/").getBytes(UTF_8);

    assertThat(SiteList.kind(sitemap)).contains(SiteList.Kind.SITEMAP);
    assertThat(SiteList.kind(FakeSite.packed(sitemap))).contains(SiteList.Kind.SITEMAP);
    assertThat(SiteList.kind("<feed xmlns='http://www.w3.org/2005/Atom'><entry".getBytes(UTF_8)))
        .contains(SiteList.Kind.FEED);
    assertThat(read(FakeSite.packed(sitemap)).entries()).hasSize(1);
    assertThat(read(new String(sitemap, UTF_8).getBytes(UTF_16)).entries()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><html><body><urlset></urlset></body></html>",
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\"><html xmlns=\"http://www.w3.org/1999/xhtml\">",
        "<feed>own</feed>",
        "%PDF-1.7",
        "",
        "urlset",
        "<"
      })
  void pagesAreNoLists(String text) {
    assertThat(SiteList.kind(text.getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE urlset [<!ENTITY a \"b\">]><urlset><url><loc>&a;</loc></url></urlset>",
        "<!DOCTYPE urlset SYSTEM \"file:///etc/passwd\"><urlset/>",
        "<urlset><url><loc>&a;</loc></url></urlset>",
        "<urlset><url><loc>/a</loc></url>",
        "<html/>",
        "no XML",
        ""
      })
  void whatIsNoSafeListIsRefused(String text) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> read(text))
        .withMessageStartingWith(URL)
        .withMessageContaining("name its pages");
  }

  @Test
  void entitiesAreNotExpanded() {
    String bomb =
        "<!DOCTYPE urlset [<!ENTITY a \"aaaaaaaaaa\">"
            + IntStream.range(0, 20)
                .mapToObj(i ->
                    "<!ENTITY a%s \"%s\">"
                        .formatted(i, ("&a" + (i == 0 ? "" : i - 1) + ";").repeat(10)))
                .reduce("", String::concat)
            + "]><urlset><url><loc>&a19;</loc></url></urlset>";

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> read(bomb))
        .withMessageContaining("entities");
  }

  @Test
  void deepAndLongElementsAreRefused() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> read("<urlset>" + "<a>".repeat(100_000)));
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> read("<urlset><url><loc>" + "a".repeat(1 << 20)))
        .withMessageContaining("too long");
  }

  @Test
  void theStandardsLimitsHold() {
    String most = "<url><loc>/a</loc></url>".repeat(SiteList.ENTRIES_MAX);

    assertThat(read("<urlset>" + most + "</urlset>").entries()).hasSize(SiteList.ENTRIES_MAX);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> read("<urlset>" + most + "<url><loc>/b</loc></url></urlset>"))
        .withMessageContaining("50,000");
  }

  @Test
  void aListThatUnpacksToMoreThanTheStandardAllowsIsRefused() {
    byte[] spaces = new byte[SiteList.BYTES_MAX + 1];
    Arrays.fill(spaces, (byte) ' ');
    System.arraycopy("<urlset>".getBytes(UTF_8), 0, spaces, 0, 8);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> read(FakeSite.packed(spaces)))
        .withMessageContaining("50 MB");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> read(spaces))
        .withMessageContaining("50 MB");
  }

  @Test
  void aCutListIsNoList() {
    byte[] packed = FakeSite.packed(FakeSite.sitemapOf("/a", "/b").getBytes(UTF_8));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> read(Arrays.copyOf(packed, packed.length - 12)));
  }

  @Test
  void anEndlessListEnds() {
    InputStream piece = new ByteArrayInputStream("<urlset>".getBytes(UTF_8));
    InputStream endless =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    piece,
                    new InputStream() {
                      @Override
                      public int read() {
                        return ' ';
                      }
                    })));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> SiteList.read(endless, URL))
        .withMessageContaining("50 MB");
  }
}
