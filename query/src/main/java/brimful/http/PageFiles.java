package brimful.http;

import brimful.corpus.UserError;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/// The web page's files, out of the jar.
final class PageFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  /// Libraries of the page, by the name that it asks for.
  private static final Map<String, String> VENDOR =
      Map.of(
          "marked.esm.js", "/META-INF/resources/webjars/marked/17.0.1/lib/marked.esm.js",
          "purify.es.mjs", "/META-INF/resources/webjars/dompurify/3.3.1/dist/purify.es.mjs");

  List<Route> routes() {
    return List.of(
        Route.get("/", context -> send(context, "page/index.html")),
        Route.get("/page/{file}", PageFiles::file),
        Route.get("/vendor/{file}", PageFiles::vendor));
  }

  private static void file(Context context) throws IOException {
    String file = context.pathParam("file");
    if (!file.matches("[a-z-]+\\.(?:css|js|svg)")) {
      throw new UserError(UserError.Kind.NOT_FOUND, "the page has no file %s".formatted(file));
    }
    send(context, "page/" + file);
  }

  private static void vendor(Context context) throws IOException {
    String resource = VENDOR.get(context.pathParam("file"));
    if (resource == null) {
      throw new UserError(
          UserError.Kind.NOT_FOUND, "the page has no file %s".formatted(context.pathParam("file")));
    }
    send(context, resource);
  }

  private static void send(Context context, String resource) throws IOException {
    try (InputStream stream = PageFiles.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new UserError(UserError.Kind.NOT_FOUND, "the page has no such file");
      }
      String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
      context.contentType(type == null ? "application/octet-stream" : type);
      context.header("Cache-Control", "no-cache");
      context.result(stream.readAllBytes());
    }
  }
}
