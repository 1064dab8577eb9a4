package brimful.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RobotsRulesTest {
  private static boolean allows(String file, String path) {
    return RobotsRules.of(file.getBytes(UTF_8))
        .allows(WebAddress.of("web:https://a.example" + path));
  }

  /// The examples of RFC 9309 and of Google's description of it.
  @ParameterizedTest
  @CsvSource({
    "/fish, /fish.html, false",
    "/fish, /Fish.asp, true",
    "/fish*, /fishheads/yummy.html, false",
    "/fish/, /fish, true",
    "/fish/, /fish/?id=1, false",
    "/*.php, /folder/any.php.file.html, false",
    "/*.php, /windows.PHP, true",
    "/*.php$, /folder/filename.php, false",
    "/*.php$, /filename.php?parameters, true",
    "/*.php$, /filename.php/, true",
    "/fish*.php, /fishheads/catfish.php?parameters, false",
    "/fish*.php, /Fish.PHP, true",
    "/a*$, /abc, false",
    "/a$, /a, false",
    "/a$, /ab, true",
    "/*a*b$, /xaxb, false",
    "/*ab$, /ab, false",
    "/aa*aa$, /aaa, true",
    "/%7ejoe/, /~joe/index.html, false",
    "/ツ, /%E3%83%84, false",
    "/a%3cd.html, /a%3Cd.html, false",
    "*, /a, false",
    "'', /a, true"
  })
  void patternsFit(String pattern, String path, boolean allowed) {
    assertThat(allows("User-agent: *\nDisallow: %s\n".formatted(pattern), path)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "/p, /, /page, true",
    "/folder, /folder, /folder/page, true",
    "/page, /*.htm, /page.htm, false",
    "/page, /*.ph, /page.php5, true",
    "/$, /, /, true",
    "/$, /, /page.htm, false"
  })
  void theLongestRuleHoldsAndOfEqualOnesTheOneThatAllows(
      String allow, String disallow, String path, boolean allowed) {
    String file = "user-agent: *\nallow: %s\ndisallow: %s\n".formatted(allow, disallow);
    String turned = "user-agent: *\ndisallow: %2$s\nallow: %1$s\n".formatted(allow, disallow);

    assertThat(allows(file, path)).isEqualTo(allowed);
    assertThat(allows(turned, path)).isEqualTo(allowed);
  }

  @Test
  void theGroupsOfThisProgramReplaceThoseOfAll() {
    String file =
        """
        \ufeffUser-agent: *
        Disallow: /
        # people write it in any way
        USER-AGENT : other
        user-agent: Brimful/1.0 # that is us
        Crawl-delay: 1
        Disallow: /private
        User-agent: brimfulness
        Disallow: /not-us

        User-agent: brimful
        Disallow: /also
        """;

    assertThat(allows(file, "/open")).isTrue();
    assertThat(allows(file, "/private/a")).isFalse();
    assertThat(allows(file, "/also")).isFalse();
    assertThat(allows(file, "/not-us")).isTrue();
    assertThat(allows(file, "/robots.txt")).isTrue();
  }

  @Test
  void anEmptyGroupOfThisProgramAllowsAll() {
    assertThat(allows("User-agent: *\nDisallow: /\n\nUser-agent: brimful\nDisallow:\n", "/a"))
        .isTrue();
  }

  @Test
  void sitemapsStandOutsideOfGroups() {
    var rules =
        RobotsRules.of(
            "Sitemap: https://a.example/one.xml\r\nUser-agent: x\rDisallow: /\nsitemap: /two.xml"
                .getBytes(UTF_8));

    assertThat(rules.sitemaps()).containsExactly("https://a.example/one.xml", "/two.xml");
  }

  @Test
  void anyBytesAreAFile() {
    byte[] bytes = new byte[2 * RobotsRules.BYTES_MAX];
    new Random(7).nextBytes(bytes);

    assertThat(RobotsRules.of(bytes).allows(WebAddress.of("web:https://a.example/a"))).isTrue();
  }
}
