package brimful.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.UserError;
import brimful.testing.FakeSite;
import brimful.testing.FuzzContract;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Whatever a site has for a sitemap, feed or robots.txt is one, or is refused.
final class SiteFilesFuzzTest extends FuzzContract {
  private static final WebAddress PAGE = WebAddress.of("web:https://a.example/a/b?c=d");

  @Override
  protected List<byte[]> examples() {
    byte[] sitemap = FakeSite.sitemapOf("/a | 2026-01-02", "https://a.example/b?c").getBytes(UTF_8);
    return List.of(
        sitemap,
        FakeSite.packed(sitemap),
        "<rss><channel><item><link>/a</link><guid>b</guid></item></channel></rss>".getBytes(UTF_8),
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/a'/></entry></feed>"
            .getBytes(UTF_8),
        "User-agent: *\nDisallow: /*a*b$\nAllow: /a/%62\nSitemap: /s.xml".getBytes(UTF_8));
  }

  @Override
  protected void check(byte[] bytes) {
    var rules = RobotsRules.of(bytes);
    var _ = rules.allows(PAGE);
    rules.sitemaps().forEach(PAGE::link);
    var _ = SiteList.kind(bytes);
    try {
      var names = new PageNames();
      for (SiteList.Entry entry : SiteList.read(new ByteArrayInputStream(bytes), "x").entries()) {
        PAGE.link(entry.location()).ifPresent(page -> assertThat(page.uri()).isNotNull());
        var _ = names.broken(entry.location());
        var _ = names.of(Escaped.path(entry.location()));
      }
    } catch (UserError | UncheckedIOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
