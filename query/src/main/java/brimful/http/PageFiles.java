package brimful.http;

import brimful.corpus.Sha256;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Serves the web page's files from the jar.
final class PageFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "woff2", "font/woff2");

  private static final String WEBJARS = "/META-INF/resources/webjars/";

  /// The weights and shapes of the letters of formulas.
  private static final List<String> FORMULA_FONTS =
      List.of(
          "AMS-Regular",
          "Caligraphic-Bold",
          "Caligraphic-Regular",
          "Fraktur-Bold",
          "Fraktur-Regular",
          "Main-Bold",
          "Main-BoldItalic",
          "Main-Italic",
          "Main-Regular",
          "Math-BoldItalic",
          "Math-Italic",
          "SansSerif-Bold",
          "SansSerif-Italic",
          "SansSerif-Regular",
          "Script-Regular",
          "Size1-Regular",
          "Size2-Regular",
          "Size3-Regular",
          "Size4-Regular",
          "Typewriter-Regular");

  /// The page's libraries, by the name that the page requests.
  private static final Map<String, String> VENDOR = vendor();

  /// The page's own files; a test compares them with the jar.
  private static final Set<String> PAGE =
      Set.of(
          "api.js",
          "app.js",
          "ask.css",
          "ask.js",
          "batch-form.js",
          "batch-row.js",
          "batch-table.js",
          "batch-view.js",
          "batch.css",
          "batches.js",
          "cell-panel.js",
          "checked.js",
          "citations.js",
          "cited-words.js",
          "clipboard.js",
          "collections.js",
          "conversations.js",
          "dom.js",
          "download.js",
          "evidence.js",
          "files.js",
          "fill-bar.js",
          "format.js",
          "formulas.js",
          "icon.svg",
          "job-row.js",
          "jobs.js",
          "manage.css",
          "markdown.js",
          "pdf-switch.js",
          "pdf-view.js",
          "question-list.js",
          "receipt.js",
          "rich.js",
          "scope-tree.js",
          "scope.css",
          "scope.js",
          "run.js",
          "source-view.js",
          "store.js",
          "style.css",
          "theme.js",
          "thread.js",
          "thumbnail.js",
          "treemap.js",
          "turn-actions.js",
          "upload.js",
          "window-cells.js",
          "window-lists.js",
          "window-picture.js",
          "window.css");

  private static final Map<String, String> RESOURCES = resources();

  private static Map<String, String> vendor() {
    String katex = "katex/0.16.47/dist/";
    var vendor = new HashMap<String, String>();
    vendor.put("highlight.min.js", "highlightjs/11.5.0/highlight.min.js");
    vendor.put("katex/katex.min.css", katex + "katex.min.css");
    vendor.put("katex/katex.min.js", katex + "katex.min.js");
    for (String font : FORMULA_FONTS) {
      String file = "fonts/KaTeX_%s.woff2".formatted(font);
      vendor.put("katex/" + file, katex + file);
    }
    vendor.put("marked.esm.js", "marked/17.0.1/lib/marked.esm.js");
    vendor.put("pdf.min.mjs", "pdfjs-dist/4.2.67/build/pdf.min.mjs");
    vendor.put("pdf.worker.min.mjs", "pdfjs-dist/4.2.67/build/pdf.worker.min.mjs");
    vendor.put("purify.es.mjs", "dompurify/3.3.1/dist/purify.es.mjs");
    vendor.replaceAll((_, file) -> WEBJARS + file);
    return Map.copyOf(vendor);
  }

  private static Map<String, String> resources() {
    var resources = new HashMap<String, String>();
    resources.put("/", "page/index.html");
    PAGE.forEach(file -> resources.put("/page/" + file, "page/" + file));
    VENDOR.forEach((file, resource) -> resources.put("/vendor/" + file, resource));
    return Map.copyOf(resources);
  }

  /// Returns whether a path is one of the page's files.
  static boolean has(String path) {
    return RESOURCES.containsKey(path);
  }

  /// Returns the paths of all files.
  static Set<String> paths() {
    return RESOURCES.keySet();
  }

  List<Route> routes() {
    return RESOURCES.entrySet().stream()
        .map(file -> Route.get(file.getKey(), context -> send(context, file.getValue())))
        .toList();
  }

  private static void send(Context context, String resource) throws IOException {
    try (InputStream stream = PageFiles.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the jar has no %s: build it again".formatted(resource));
      }
      String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
      byte[] bytes = stream.readAllBytes();
      String tag = "\"%s\"".formatted(Sha256.hex(bytes));
      context.header("Cache-Control", "no-cache");
      context.header("ETag", tag);
      if (isKnown(context, tag)) {
        context.status(HttpStatus.NOT_MODIFIED);
        return;
      }
      context.contentType(type == null ? "application/octet-stream" : type);
      context.result(bytes);
    }
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
