package brimful.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;

/// What a site answered.
///
/// @param at the page that it is of, after redirects
/// @param body empty for a request of the head alone
public record WebAnswer(WebAddress at, int status, HttpHeaders headers, InputStream body)
    implements AutoCloseable {
  private static final int OK = 200;

  public boolean isOk() {
    return status == OK;
  }

  /// Returns whether the site says that there is no such page.
  public boolean isMissing() {
    return status == 404 || status == 410;
  }

  /// Returns whether the site has too much to do.
  public boolean isBusy() {
    return status == 429 || status == 503;
  }

  /// Returns whether the refusal may pass: asking again later may help.
  public boolean isForNow() {
    return status == 429 || status >= 500;
  }

  /// Returns what tells this content from another one, if the site says.
  public Optional<String> stamp() {
    return tag("ETag", "etag ").or(() -> tag("Last-Modified", "modified "));
  }

  private Optional<String> tag(String header, String word) {
    return headers
        .firstValue(header)
        .map(String::strip)
        .filter(value -> !value.isEmpty() && value.length() <= 256)
        .map(value -> word + value);
  }

  /// Returns how many bytes the content has; 0 if the site does not say.
  public long bytes() {
    OptionalLong length = OptionalLong.empty();
    try {
      length = headers.firstValueAsLong("Content-Length");
    } catch (NumberFormatException _) {
      // It says something else.
    }
    boolean packed = headers.firstValue("Content-Encoding").isPresent();
    return packed ? 0 : Math.max(0, length.orElse(0));
  }

  /// Returns why there is no content, for a line about the page.
  public String refusal() {
    return "the site answers with status %s%s"
        .formatted(status, isForNow() ? ", " + WebClient.LATER : "");
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
