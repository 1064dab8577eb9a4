package brimful.http.page;

import brimful.corpus.Sha256;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/// A file of the page: read and compressed when it is first asked for, and then kept. Its `ETag` is
/// strong, by its content, and another one for its compressed form. Safe for many threads.
final class PageFile {
  /// The address changes with the content, so no browser needs to ask again.
  private static final String FOREVER = "public, max-age=31536000, immutable";

  /// A browser asks each time whether it is still the same.
  private static final String REVALIDATED = "no-cache";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "woff2", "font/woff2");

  private final String type;
  private final String cacheControl;
  private final boolean packs;
  private final Map<String, String> headers;
  private final Supplier<byte[]> content;
  private Optional<Kept> kept = Optional.empty();

  /// A form of the file, as it is sent.
  private record Form(byte[] bytes, String tag) {}

  private record Kept(Form plain, Form gzip) {}

  private PageFile(String name, String cacheControl, Supplier<byte[]> content) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    type = Optional.ofNullable(TYPES.get(ending)).orElse("application/octet-stream");
    // A font is compressed in itself.
    packs = !ending.equals("woff2");
    headers = DiagramFrame.headers(name);
    this.cacheControl = cacheControl;
    this.content = content;
  }

  /// Returns a file whose address has a hash of its content.
  static PageFile forever(String name, Supplier<byte[]> content) {
    return new PageFile(name, FOREVER, content);
  }

  /// Returns a file whose content may change under its address.
  static PageFile revalidated(String name, Supplier<byte[]> content) {
    return new PageFile(name, REVALIDATED, content);
  }

  void send(Context context) {
    Kept now = kept();
    String encodings = Optional.ofNullable(context.header("Accept-Encoding")).orElse("");
    boolean gzip = packs && encodings.matches("(?i)(.*,\\s*)?gzip\\s*(,.*)?");
    Form form = gzip ? now.gzip : now.plain;
    context.disableCompression();
    context.header("Cache-Control", cacheControl);
    context.header("ETag", form.tag);
    context.header("Vary", "Accept-Encoding");
    headers.forEach(context::header);
    if (isKnown(context, form.tag)) {
      context.status(HttpStatus.NOT_MODIFIED);
      return;
    }
    if (gzip) {
      context.header("Content-Encoding", "gzip");
    }
    context.contentType(type);
    context.result(form.bytes);
  }

  private synchronized Kept kept() {
    if (kept.isEmpty()) {
      byte[] bytes = content.get();
      String hash = Sha256.hex(bytes);
      var plain = new Form(bytes, "\"%s\"".formatted(hash));
      kept =
          Optional.of(
              new Kept(
                  plain, packs ? new Form(zipped(bytes), "\"%s-gzip\"".formatted(hash)) : plain));
    }
    return kept.get();
  }

  private static byte[] zipped(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// Returns whether the browser has the current file already.
  private static boolean isKnown(Context context, String tag) {
    String known = Optional.ofNullable(context.header("If-None-Match")).orElse("");
    return known.strip().equals("*")
        || Arrays.stream(known.split(",", -1))
            .map(one -> one.strip().replaceFirst("^W/", ""))
            .anyMatch(tag::equals);
  }
}
