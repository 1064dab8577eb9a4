package brimful.rank;

import java.util.Locale;
import java.util.Set;

/// What a document's path says of its worth.
enum PathKind {
  CODE(1),
  PROSE(1),
  /// Files that only pass on what others define.
  REEXPORT(0.5),
  /// Examples and the code that manuals quote.
  EXAMPLE(0.3),
  TEST(0.3),
  /// Made by a program or copied from elsewhere.
  GENERATED(0.1);

  private static final Set<String> TEST_FOLDERS =
      Set.of(
          "test",
          "tests",
          "testing",
          "spec",
          "specs",
          "__tests__",
          "testdata",
          "fixtures",
          "integrationtest",
          "integration-test",
          "jmh-benchmarks",
          "benchmarks",
          "compat");
  private static final Set<String> EXAMPLE_FOLDERS =
      Set.of(
          "example",
          "examples",
          "docs_src",
          "demo",
          "demos",
          "sample",
          "samples",
          "tutorials",
          "gallery");
  private static final Set<String> GENERATED_FOLDERS =
      Set.of(
          "vendor",
          "vendored",
          "_vendor",
          "third_party",
          "thirdparty",
          "node_modules",
          "generated",
          "dist",
          "packages",
          "minified");
  private static final Set<String> REEXPORTS =
      Set.of("__init__.py", "package-info.java", "index.ts", "index.js", "mod.rs");
  private static final Set<String> PROSE_ENDINGS =
      Set.of(
          "md", "rst", "txt", "adoc", "html", "htm", "pdf", "docx", "doc", "odt", "epub", "eml",
          "rtf", "tex", "pptx", "xlsx", "srt", "vtt", "");

  private final double factor;

  PathKind(double factor) {
    this.factor = factor;
  }

  /// Returns what the score of such a document is multiplied with.
  double factor() {
    return factor;
  }

  static PathKind of(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    int name = lower.lastIndexOf('/') + 1;
    PathKind folder = CODE;
    for (int from = 0; from < name; ) {
      int to = lower.indexOf('/', from);
      PathKind kind = folder(lower.substring(from, to));
      folder = kind.factor < folder.factor ? kind : folder;
      from = to + 1;
    }
    PathKind file = file(lower.substring(name));
    return folder.factor < file.factor ? folder : file;
  }

  private static PathKind folder(String name) {
    if (GENERATED_FOLDERS.contains(name)) {
      return GENERATED;
    }
    if (TEST_FOLDERS.contains(name) || name.endsWith("-tests") || name.endsWith("_tests")) {
      return TEST;
    }
    return EXAMPLE_FOLDERS.contains(name) ? EXAMPLE : CODE;
  }

  private static PathKind file(String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    String ending = dot < 0 ? "" : name.substring(dot + 1);
    if (name.endsWith(".min.js") || name.endsWith(".min.css") || name.endsWith("_pb2.py")) {
      return GENERATED;
    }
    boolean test =
        stem.startsWith("test_")
            || stem.endsWith("_test")
            || stem.endsWith(".test")
            || stem.endsWith(".spec")
            || stem.equals("conftest")
            || (ending.equals("java") && (stem.endsWith("test") || stem.endsWith("tests")));
    if (test) {
      return TEST;
    }
    if (REEXPORTS.contains(name)) {
      return REEXPORT;
    }
    return PROSE_ENDINGS.contains(ending) ? PROSE : CODE;
  }
}
