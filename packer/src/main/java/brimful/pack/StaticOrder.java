package brimful.pack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The order in which documents matter when nothing is asked: what explains the whole first.
///
/// The readme, then other documents at the top, sources, other documents, tests, examples, data;
/// within each, shallow paths before deep ones, then canonical order.
final class StaticOrder {
  /// What a path says of a document, most telling first.
  private enum Kind {
    README(0),
    TOP(1),
    SOURCE(2),
    PROSE(3),
    TEST(4),
    EXAMPLE(5),
    DATA(6);

    private final int rank;

    Kind(int rank) {
      this.rank = rank;
    }
  }

  private static final int DEPTH_MAX = 127;
  private static final int DEPTH_BITS = 7;
  private static final Set<String> PROSE =
      Set.of(
          "md",
          "markdown",
          "rst",
          "adoc",
          "org",
          "txt",
          "tex",
          "html",
          "htm",
          "pdf",
          "doc",
          "docx",
          "odt",
          "rtf",
          "ppt",
          "pptx",
          "odp",
          "xls",
          "xlsx",
          "ods",
          "epub",
          "eml",
          "msg");
  private static final Set<String> DATA =
      Set.of(
          "csv", "tsv", "json", "jsonl", "ndjson", "geojson", "svg", "lock", "log", "snap", "map",
          "po", "xlf", "golden");
  private static final Set<String> TEST_FOLDERS =
      Set.of(
          "test",
          "tests",
          "testing",
          "testdata",
          "test-data",
          "__tests__",
          "spec",
          "specs",
          "fixture",
          "fixtures",
          "jmh");
  private static final Set<String> EXAMPLE_FOLDERS =
      Set.of(
          "example",
          "examples",
          "sample",
          "samples",
          "demo",
          "demos",
          "bench",
          "benchmark",
          "benchmarks",
          "docs_src");

  /// How names of test files end, without extension. Capitals tell Java's from words like `latest`.
  private static final List<String> TEST_ENDINGS =
      List.of(
          "Test", "Tests", "IT", "Spec", "_test", "_tests", "_spec", "-test", "-spec", ".test",
          ".spec");

  private StaticOrder() {}

  /// Returns the documents' numbers, those that matter most first.
  static int[] of(ChunkTable table) {
    var keys = new long[table.documents()];
    for (int document = 0; document < keys.length; document++) {
      keys[document] = Keys.lowestFirst(rank(table.document(document).value()), document);
    }
    Arrays.sort(keys);
    return Keys.numbers(keys);
  }

  private static int rank(String path) {
    Kind folders = Kind.SOURCE;
    int depth = 0;
    int start = 0;
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', start)) {
      Kind kind = ofFolder(path.substring(start, end).toLowerCase(Locale.ROOT));
      folders = folders == Kind.SOURCE || kind == Kind.TEST ? kind : folders;
      depth++;
      start = end + 1;
    }
    Kind kind = folders == Kind.SOURCE ? ofName(path.substring(start), depth) : folders;
    return (kind.rank << DEPTH_BITS) | Math.min(depth, DEPTH_MAX);
  }

  private static Kind ofFolder(String name) {
    if (TEST_FOLDERS.contains(name)) {
      return Kind.TEST;
    }
    return name.startsWith(".") || EXAMPLE_FOLDERS.contains(name) ? Kind.EXAMPLE : Kind.SOURCE;
  }

  private static Kind ofName(String name, int depth) {
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    boolean readme = stem.toLowerCase(Locale.ROOT).startsWith("readme");
    if (readme || PROSE.contains(extension)) {
      return depth > 0 ? Kind.PROSE : readme ? Kind.README : Kind.TOP;
    }
    if (DATA.contains(extension)) {
      return Kind.DATA;
    }
    if (stem.startsWith("test_")) {
      return Kind.TEST;
    }
    for (String ending : TEST_ENDINGS) {
      if (stem.endsWith(ending)) {
        return Kind.TEST;
      }
    }
    return name.startsWith(".") ? Kind.EXAMPLE : Kind.SOURCE;
  }
}
