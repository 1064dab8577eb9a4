package brimful.pack;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

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
  private static final Pattern TEST =
      Pattern.compile(
          "(^|/)(tests?|testing|testdata|test-data|__tests__|specs?|fixtures?|jmh)/"
              + "|(^|/)test_[^/]*$|[_.-](test|tests|spec)\\.[^/]*$");

  /// Java's way to name tests, which only capitals tell from words such as `latest`.
  private static final Pattern TEST_CLASS = Pattern.compile("(Test|Tests|IT|Spec)\\.[A-Za-z]+$");

  private static final Pattern EXAMPLE =
      Pattern.compile("(^|/)(examples?|samples?|demos?|bench|benchmarks?|docs_src)/|(^|/)\\.[^/]");

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
    int depth = (int) path.chars().filter(c -> c == '/').limit(DEPTH_MAX).count();
    return (kind(path, depth).rank << DEPTH_BITS) | depth;
  }

  private static Kind kind(String path, int depth) {
    String lower = path.toLowerCase(Locale.ROOT);
    String name = lower.substring(lower.lastIndexOf('/') + 1);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    if (depth == 0 && name.startsWith("readme")) {
      return Kind.README;
    }
    if (TEST.matcher(lower).find() || TEST_CLASS.matcher(path).find()) {
      return Kind.TEST;
    }
    if (EXAMPLE.matcher(lower).find()) {
      return Kind.EXAMPLE;
    }
    if (DATA.contains(extension)) {
      return Kind.DATA;
    }
    if (PROSE.contains(extension) || name.startsWith("readme")) {
      return depth == 0 ? Kind.TOP : Kind.PROSE;
    }
    return Kind.SOURCE;
  }
}
