package brimful.http;

import brimful.corpus.Sha256;
import brimful.corpus.UserError;
import brimful.http.edge.ByteRange;
import brimful.service.Backend;
import brimful.service.OriginalFile;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Serves `/v1/collections/{collection}/file`: PDFs as they are, whole or in parts, so that the
/// page can show one of theirs.
final class OriginalsApi {
  /// What a browser does with it should it ever open it by itself: keep it, and run nothing.
  private static final String POLICY = "sandbox; default-src 'none'";

  private static final int BUFFER_BYTES = 64 << 10;

  private final Backend backend;

  OriginalsApi(Backend backend) {
    this.backend = backend;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/collections/{collection}/file", this::file));
  }

  private void file(Context context) throws IOException {
    String document =
        Optional.ofNullable(context.queryParam("document"))
            .orElseThrow(
                () -> new UserError(UserError.Kind.USAGE, "no ?document=ID: see the files"));
    try (OriginalFile file =
        OriginalFile.open(backend.collections(), CollectionsApi.collection(context), document)) {
      String tag = "\"%s\"".formatted(Sha256.hex(file.stamp()));
      String name = URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
      context.header("Content-Security-Policy", POLICY);
      context.header("Content-Disposition", "attachment; filename*=UTF-8''" + name);
      context.header("Accept-Ranges", "bytes");
      context.header("Cache-Control", "private, no-cache");
      context.header("ETag", tag);
      if (tag.equals(context.header("If-None-Match"))) {
        context.status(HttpStatus.NOT_MODIFIED);
        return;
      }
      context.contentType("application/pdf");
      send(context, file, tag);
    }
  }

  private static void send(Context context, OriginalFile file, String tag) throws IOException {
    String held = Optional.ofNullable(context.header("If-Range")).orElse(tag);
    String header = Optional.ofNullable(context.header("Range")).orElse("");
    String wanted = held.equals(tag) ? header : "";
    Optional<ByteRange> part = ByteRange.of(wanted, file.bytes());
    part.ifPresent(range -> {
      context.header("Content-Range", range.display(file.bytes()));
      context.status(HttpStatus.PARTIAL_CONTENT);
    });
    long from = part.map(ByteRange::first).orElse(0L);
    long bytes = part.map(ByteRange::bytes).orElse(file.bytes());
    context.disableCompression();
    context.res().setContentLengthLong(bytes);
    try (InputStream in = file.content().open()) {
      in.skipNBytes(from);
      copy(in, context.outputStream(), bytes);
    }
  }

  /// Copies exactly so many bytes; a file that has shrunk meanwhile ends the connection.
  private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    long left = bytes;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new IOException("the file has become shorter");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }
}
