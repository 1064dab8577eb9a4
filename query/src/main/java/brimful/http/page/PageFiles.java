package brimful.http.page;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import brimful.corpus.Sha256;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Serves the web page's files from the jar.
///
/// The page loads its scripts as one and its styles as one, under addresses that begin with
/// `/static/HASH/`, so that a browser asks for them once. Each file also has its own address, below
/// `/page/` and `/vendor/`, where nothing is joined.
public final class PageFiles {
  /// Modules that are joined with all that they import: the page, and what is loaded later.
  private static final List<String> BUNDLES = List.of("app.js", "pdf-view.js", "rich.js");

  private static final Pattern SHEET =
      Pattern.compile("(?m)^ *<link rel=\"stylesheet\" href=\"page/(.+?)\" />\\n");

  /// So many characters of a hash tell one version of the page from another.
  private static final int HASH_CHARS = 16;

  /// Libraries that the page loads at once.
  private static final List<String> AT_ONCE = List.of("marked.esm.js", "purify.es.mjs");

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

  private static final String PDF_JS = "pdfjs-dist/4.2.67/";

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
          "budget.js",
          "cell-panel.js",
          "checked.js",
          "citations.js",
          "cited-words.js",
          "clipboard.js",
          "collections.js",
          "conversations.js",
          "dom.js",
          "diagram-frame.html",
          "diagram-frame.js",
          "diagrams.js",
          "download.js",
          "evidence.js",
          "everything.js",
          "files.js",
          "fill-bar.js",
          "first-step.js",
          "format.js",
          "formulas.js",
          "icon.svg",
          "job-row.js",
          "jobs.js",
          "manage.css",
          "markdown.js",
          "mention.js",
          "pdf-switch.js",
          "pdf-view.js",
          "question-list.js",
          "receipt.js",
          "rich.js",
          "scope-tree.js",
          "scope.css",
          "scope.js",
          "run.js",
          "settings.js",
          "source-schedule.js",
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

  private static final Map<String, PageFile> FILES = files();

  private PageFiles() {}

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
    vendor.put("mermaid.min.js", "mermaid/11.14.0/dist/mermaid.min.js");
    vendor.put("pdf.min.mjs", PDF_JS + "build/pdf.min.mjs");
    vendor.put("pdf.worker.min.mjs", PDF_JS + "build/pdf.worker.min.mjs");
    PdfCharacters.files().forEach(file -> vendor.put(file, PDF_JS + file));
    vendor.put("purify.es.mjs", "dompurify/3.3.1/dist/purify.es.mjs");
    vendor.replaceAll((_, file) -> WEBJARS + file);
    return Map.copyOf(vendor);
  }

  private static Map<String, PageFile> files() {
    var files = new HashMap<String, PageFile>();
    PAGE.forEach(file -> files.put("/page/" + file, PageFile.revalidated(file, () -> read(file))));
    VENDOR.forEach((file, resource) ->
        files.put("/vendor/" + file, PageFile.revalidated(file, () -> read(resource))));
    String html = text("index.html");
    Map<String, String> joined = joined(html);
    String hash =
        Sha256.hex(new TreeMap<>(joined) + " " + new TreeMap<>(VENDOR)).substring(0, HASH_CHARS);
    String folder = "static/%s/".formatted(hash);
    joined.forEach((file, content) ->
        files.put("/" + folder + "page/" + file, PageFile.forever(file, () -> bytes(content))));
    VENDOR.forEach((file, resource) ->
        files.put("/" + folder + "vendor/" + file, PageFile.forever(file, () -> read(resource))));
    String shown = shown(html, folder);
    files.put("/", PageFile.revalidated("index.html", () -> bytes(shown)));
    return Map.copyOf(files);
  }

  /// Returns the files that the page loads of its own, by name.
  private static Map<String, String> joined(String html) {
    var joined = new HashMap<String, String>();
    BUNDLES.forEach(entry -> joined.put(entry, PageBundle.of(entry, PageFiles::text)));
    joined.put(
        "app.css",
        SHEET.matcher(html).results().map(sheet -> text(sheet.group(1))).collect(joining()));
    for (String file : List.of("diagram-frame.html", "diagram-frame.js", "theme.js", "icon.svg")) {
      joined.put(file, text(file));
    }
    return joined;
  }

  /// Returns the page with the addresses of what is joined.
  ///
  /// @param folder of those addresses, relative to the page
  private static String shown(String html, String folder) {
    var head = new StringBuilder();
    head.append("    <link rel=\"stylesheet\" href=\"page/app.css\" />\n");
    for (String file : AT_ONCE) {
      head.append("    <link rel=\"modulepreload\" href=\"vendor/%s\" />\n".formatted(file));
    }
    Matcher sheets = SHEET.matcher(html);
    int first = sheets.find() ? sheets.start() : 0;
    String plain = sheets.replaceAll("");
    return (plain.substring(0, first) + head + plain.substring(first))
        .replace("=\"page/", "=\"%spage/".formatted(folder))
        .replace("=\"vendor/", "=\"%svendor/".formatted(folder));
  }

  private static String text(String file) {
    return new String(read(file), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] read(String resource) {
    try (InputStream stream = PageFiles.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the jar has no %s: build it again".formatted(resource));
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns whether a path is one of the page's files.
  public static boolean has(String path) {
    return FILES.containsKey(path);
  }

  /// Returns whether a path is a file that frames without an origin load.
  public static boolean isForAnyOrigin(String path) {
    return has(path) && DiagramFrame.loads(path.substring(path.lastIndexOf('/') + 1));
  }

  /// Returns the paths of all files.
  public static Set<String> paths() {
    return FILES.keySet();
  }

  /// Returns what sends each file, by its path.
  public static Map<String, Handler> handlers() {
    return FILES.entrySet().stream()
        .collect(toUnmodifiableMap(Map.Entry::getKey, file -> file.getValue()::send));
  }
}
