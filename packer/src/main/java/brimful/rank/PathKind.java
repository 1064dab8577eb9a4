package brimful.rank;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What a document's path says of its worth.
enum PathKind {
  CODE(1),
  PROSE(1),
  /// Made to be read by programs: translations, tables, settings.
  DATA(0.5f),
  /// Files that only pass on what others define.
  REEXPORT(0.5f),
  /// Examples and the code that manuals quote.
  EXAMPLE(0.3f),
  TEST(0.3f),
  /// Made by a program or copied from elsewhere.
  GENERATED(0.1f);

  private static final Map<String, PathKind> FOLDERS = new HashMap<>();

  static {
    for (String name :
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
            "benchmarks",
            "jmh-benchmarks",
            "compat")) {
      FOLDERS.put(name, TEST);
    }
    for (String name :
        Set.of(
            "example",
            "examples",
            "docs_src",
            "demo",
            "demos",
            "sample",
            "samples",
            "tutorials",
            "gallery")) {
      FOLDERS.put(name, EXAMPLE);
    }
    for (String name :
        Set.of(
            "vendor",
            "vendored",
            "_vendor",
            "third_party",
            "thirdparty",
            "node_modules",
            "generated",
            "dist",
            "minified")) {
      FOLDERS.put(name, GENERATED);
    }
  }

  private static final Set<String> REEXPORTS =
      Set.of("__init__.py", "package-info.java", "index.ts", "index.js", "mod.rs");
  private static final Set<String> PROSE_ENDINGS =
      Set.of(
          "", "adoc", "doc", "docx", "eml", "epub", "htm", "html", "md", "odt", "pdf", "pptx",
          "rst", "rtf", "srt", "tex", "txt", "vtt", "xlsx");

  private static final Set<String> DATA_ENDINGS =
      Set.of(
          "cfg", "csv", "geojson", "golden", "ini", "json", "jsonl", "lock", "log", "map", "ndjson",
          "po", "pot", "snap", "svg", "tsv", "xlf");

  /// What manuals and data are worth to a bug report, which is about the code.
  private static final float IN_REPORT = 0.3f;

  private final float factor;

  PathKind(float factor) {
    this.factor = factor;
  }

  /// Returns what the score of such a document is multiplied with.
  ///
  /// @param report whether the question is a bug report
  /// @param tests whether it speaks of tests
  float factor(boolean report, boolean tests) {
    return switch (this) {
      case TEST -> tests ? 1 : factor;
      case PROSE, DATA -> report ? IN_REPORT : factor;
      case CODE, REEXPORT, EXAMPLE, GENERATED -> factor;
    };
  }

  /// Returns the kind of a document: that of its folders or that of its name, whichever is worth
  /// less.
  static PathKind of(String path) {
    int name = path.lastIndexOf('/') + 1;
    return lower(ofFolder(path.substring(0, name)), ofName(path.substring(name)));
  }

  static PathKind lower(PathKind folder, PathKind name) {
    return folder.factor < name.factor ? folder : name;
  }

  /// Returns what the folders on the way tell.
  ///
  /// @param folder empty, or ending in a slash
  static PathKind ofFolder(String folder) {
    PathKind lowest = CODE;
    for (String part : folder.toLowerCase(Locale.ROOT).split("/", -1)) {
      boolean tests = part.endsWith("-tests") || part.endsWith("_tests");
      lowest = lower(tests ? TEST : FOLDERS.getOrDefault(part, CODE), lowest);
    }
    return lowest;
  }

  /// Returns what a file's name tells.
  static PathKind ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int dot = lower.lastIndexOf('.');
    String stem = dot < 0 ? lower : lower.substring(0, dot);
    String ending = dot < 0 ? "" : lower.substring(dot + 1);
    if (stem.endsWith(".min") || lower.endsWith("_pb2.py")) {
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
    if (REEXPORTS.contains(lower)) {
      return REEXPORT;
    }
    if (DATA_ENDINGS.contains(ending)) {
      return DATA;
    }
    return PROSE_ENDINGS.contains(ending) ? PROSE : CODE;
  }
}
