package brimful.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebAddressTest {
  @ParameterizedTest
  @CsvSource({
    "web:https://Example.ORG, https://example.org/",
    "web:HTTPS://example.org:443/a#part, https://example.org/a",
    "web:http://example.org:443/a, http://example.org:443/a",
    "web:https://example.org/a/../b/./c/, https://example.org/b/c/",
    "web:https://example.org/../../a, https://example.org/a",
    "web:https://example.org/%7euser/%e4%b8%ad?q=1, https://example.org/~user/%E4%B8%AD?q=1",
    "web:https://example.org/a b|c, https://example.org/a%20b%7Cc",
    "web:https://example.org/100%, https://example.org/100%25",
    "web:https://example.org/a%2fb, https://example.org/a%2Fb",
    "web:https://bücher.example/ä, https://xn--bcher-kva.example/%C3%A4",
    "web:http://[::1]:8080/a, http://[::1]:8080/a",
    "web:https://example.org?q=1, https://example.org/?q=1"
  })
  void hasOneForm(String given, String url) {
    assertThat(WebAddress.of(given).url()).isEqualTo(url);
    assertThat(WebAddress.of("web:" + url).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web:",
        "web:example.org/a",
        "web:ftp://example.org/a",
        "web:file:///etc/passwd",
        "web:https:///a",
        "web:https://-/a",
        "web:https://exa mple.org/",
        "web:https://example.org:99999/",
        "web:https://example.org\\evil.example/"
      })
  void anythingElseIsRefusedWithTheFormToWrite(String given) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> WebAddress.of(given))
        .withMessageContaining("web:https://host/path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"web:https://user:secret@example.org/", "web:https://a.example\\@secret.example/"})
  void passwordsAreRefusedAndNotRepeated(String given) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> WebAddress.of(given))
        .withMessageContaining("leave it out")
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "b.html, https://example.org/guide/b.html",
    "/b, https://example.org/b",
    "../b, https://example.org/b",
    "?page=2, https://example.org/guide/a?page=2",
    "//other.example/b, https://other.example/b",
    "http://example.org/b#c, http://example.org/b"
  })
  void linksAreResolved(String link, String url) {
    assertThat(WebAddress.of("web:https://example.org/guide/a?x=1").link(link))
        .hasValueSatisfying(found -> assertThat(found.url()).isEqualTo(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "mailto:a@example.org", "javascript:alert(1)", "http://"})
  void whatIsNoPageIsNoLink(String link) {
    assertThat(WebAddress.of("web:https://example.org/").link(link)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/, http://a.example/x, true",
    "http://a.example/, https://a.example/x, true",
    "https://a.example/, https://a.example:8443/x, false",
    "http://a.example:8080/, https://a.example:8080/x, false",
    "https://a.example/, https://b.a.example/x, false"
  })
  void aSiteIsAHostWithItsPort(String one, String other, boolean same) {
    assertThat(WebAddress.of("web:" + one).isSameSite(WebAddress.of("web:" + other)))
        .isEqualTo(same);
  }
}
