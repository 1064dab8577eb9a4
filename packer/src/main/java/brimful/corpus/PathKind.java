package brimful.corpus;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What a document's path reveals: the one place that knows names, folders and extensions.
///
/// Ranking weighs the kinds, packing orders them, and Kafka's lanes and the readers use the
/// extensions. A folder and a name each suggest a kind; the lower one counts, and the constants are
/// in that order, highest first.
public enum PathKind {
  /// Code, and everything without another kind.
  SOURCE,
  /// Written by people for people, in any format.
  DOC,
  /// Describes a package and its dependencies.
  MANIFEST,
  /// Read by programs: tables, translations, settings.
  DATA,
  /// Stands for its folder and may define things or only pass them on.
  PACKAGE_FILE,
  /// Shows how something is used: examples, code quoted in manuals, benchmarks.
  EXAMPLE,
  /// Tests and their data.
  TEST,
  /// Generated, or copied from elsewhere.
  GENERATED;

  private static final Set<String> MAIL = words("eml emlx mbox mht mhtml");
  private static final Set<String> PAGES = words("html htm xhtml");
  private static final Set<String> SCRIPTS = words("js mjs cjs css");

  /// Text that people write. A file without an extension is mostly a `LICENSE` or a `README`.
  private static final Set<String> PROSE =
      words(
          "md markdown mdx mkd qmd rmd rst rest adoc asciidoc asc org txt text tex srt vtt sbv ass ssa ics"
              + " ical vcf vcard"
              + " html htm xhtml");

  /// Documents of people that need a parser.
  private static final Set<String> OFFICE =
      words(
          "pdf doc docx docm dot dotx xls xlsx xlsm xlsb ppt pptx pptm pps ppsx odt ods odp odg rtf"
              + " epub chm hwp wpd wp pages numbers key one msg pst xps ai");

  /// Recordings of speech, mostly, which people make for people.
  private static final Set<String> SOUND =
      words("mp3 m4a m4b aac ogg oga opus flac wav aif aiff wma amr mka");

  private static final Set<String> VIDEO =
      words("mp4 m4v mov avi mkv webm wmv flv mpg mpeg ogv 3gp");

  private static final Set<String> IMAGES = words("png jpg jpeg gif bmp tif tiff webp svg");

  private static final Set<String> ARCHIVES = words("zip tar gz tgz bz2 xz zst 7z rar cpio ar");

  /// Code that says how a program is built; a [#MANIFEST] does so, too.
  private static final Set<String> BUILDS =
      words(
          "makefile makefile.am gnumakefile cmakelists.txt configure.ac meson.build build.gradle"
              + " build.gradle.kts settings.gradle settings.gradle.kts build.sbt build.zig mix.exs"
              + " package.swift rakefile setup.py sconstruct build build.bazel workspace"
              + " module.bazel");

  private static final Map<String, PathKind> FOLDERS = new HashMap<>();
  private static final Map<String, PathKind> NAMES = new HashMap<>();
  private static final Map<String, PathKind> ENDINGS = new HashMap<>();

  static {
    put(
        FOLDERS,
        TEST,
        "test tests testing testdata test-data __tests__ spec specs fixture fixtures"
            + " integrationtest integration-test compat jmh");
    put(
        FOLDERS,
        EXAMPLE,
        "example examples docs_src demo demos sample samples tutorials gallery bench benchmark"
            + " benchmarks jmh-benchmarks");
    put(
        FOLDERS,
        GENERATED,
        "vendor vendored _vendor third_party thirdparty node_modules generated dist minified");
    put(NAMES, PACKAGE_FILE, "__init__.py package-info.java index.ts index.js mod.rs");
    put(
        NAMES,
        MANIFEST,
        "package.json bower.json composer.json deno.json vcpkg.json manifest.json cargo.toml"
            + " pyproject.toml setup.cfg requirements.txt pipfile go.mod pom.xml gemfile podfile"
            + " pubspec.yaml chart.yaml environment.yml conanfile.txt dune-project manifest.mf");
    BUILDS.forEach(name -> NAMES.put(name, SOURCE));
    put(NAMES, SOURCE, "dockerfile containerfile jenkinsfile vagrantfile procfile python ruby");
    put(ENDINGS, MANIFEST, "csproj fsproj vbproj nuspec cabal gemspec podspec");
    put(
        ENDINGS,
        DATA,
        "cfg conf csv geojson golden ini json jsonl lock log map ndjson plist po pot properties snap"
            + " svg toml tsv xlf xml yaml yml");
    ENDINGS.put("", DOC);
    List.of(MAIL, PROSE, OFFICE, SOUND, VIDEO)
        .forEach(each -> each.forEach(word -> ENDINGS.put(word, DOC)));
  }

  private static final List<String> TEST_WORDS = List.of("test", "tests", "spec");

  private static Set<String> words(String words) {
    return Set.of(words.split(" ", -1));
  }

  private static void put(Map<String, PathKind> map, PathKind kind, String words) {
    words(words).forEach(word -> map.put(word, kind));
  }

  /// Returns the kind of a document: that of its folders or of its name, whichever is lower.
  public static PathKind of(String path) {
    int name = path.lastIndexOf('/') + 1;
    return lower(ofFolder(path.substring(0, name)), ofName(path.substring(name)));
  }

  /// Returns the one of two kinds that counts.
  public static PathKind lower(PathKind one, PathKind other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /// Returns the kind that the folders suggest.
  ///
  /// @param folder empty, or ending in a slash
  public static PathKind ofFolder(String folder) {
    PathKind lowest = SOURCE;
    for (String part : folder.toLowerCase(Locale.ROOT).split("/", -1)) {
      boolean tests = part.endsWith("-tests") || part.endsWith("_tests");
      lowest = lower(tests ? TEST : FOLDERS.getOrDefault(part, SOURCE), lowest);
    }
    return lowest;
  }

  /// Returns the kind that a file's name suggests.
  public static PathKind ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    PathKind known = NAMES.get(lower);
    if (known != null) {
      return known;
    }
    if (isGenerated(lower)) {
      return GENERATED;
    }
    PathKind byEnding = ENDINGS.getOrDefault(ending(name), SOURCE);
    return byEnding != DOC && isTest(name, lower) ? TEST : byEnding;
  }

  /// `NAME.min.ENDING` or `NAME_pb2.py`.
  private static boolean isGenerated(String lower) {
    int dot = lower.lastIndexOf('.');
    return (dot >= 0 && lower.startsWith(".min", dot - ".min".length()))
        || lower.endsWith("_pb2.py");
  }

  private static boolean isTest(String name, String lower) {
    int dot = lower.lastIndexOf('.');
    return dot > 0 && (isTestStem(lower.substring(0, dot)) || isTestType(name.substring(0, dot)));
  }

  /// `test_NAME`, `NAME_test` and the like, or `conftest`.
  private static boolean isTestStem(String stem) {
    if (stem.startsWith("test_") || stem.equals("conftest")) {
      return true;
    }
    for (String word : TEST_WORDS) {
      int before = stem.length() - word.length() - 1;
      if (before >= 0 && stem.endsWith(word) && "._-".indexOf(stem.charAt(before)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /// Java and similar; capitals tell these names from words like `latest`.
  private static boolean isTestType(String stem) {
    if (stem.endsWith("Test") || stem.endsWith("Tests") || stem.endsWith("Spec")) {
      return true;
    }
    char before = stem.length() > 2 ? stem.charAt(stem.length() - 3) : ' ';
    boolean smallOrDigit = (before >= 'a' && before <= 'z') || (before >= '0' && before <= '9');
    return smallOrDigit && stem.endsWith("IT");
  }

  /// Returns the extension of a path's last name, in lower case; empty if there is none.
  public static String ending(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0 || path.indexOf('/', dot) >= 0
        ? ""
        : path.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /// Returns whether a file of this name says how a program is built.
  ///
  /// @param name without folders
  public static boolean isBuildFile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ofName(name) == MANIFEST || BUILDS.contains(lower) || lower.endsWith(".sln");
  }

  /// Returns whether a file stands for its folder: `__init__.py`, `mod.rs`, `index.ts`.
  ///
  /// @param name without folders
  public static boolean isPackageFile(String name) {
    return NAMES.get(name.toLowerCase(Locale.ROOT)) == PACKAGE_FILE;
  }

  /// Returns whether a file of this name needs a parser that may be slow: an office document, a
  /// page, a mail, an archive or a recording.
  public static boolean isParsed(String path) {
    String ending = ending(path);
    return OFFICE.contains(ending)
        || PAGES.contains(ending)
        || MAIL.contains(ending)
        || ARCHIVES.contains(ending)
        || isRecording(path);
  }

  /// Returns whether a file of this name is sound or video.
  public static boolean isRecording(String path) {
    return isSound(path) || VIDEO.contains(ending(path));
  }

  /// Returns whether a file of this name is sound.
  public static boolean isSound(String path) {
    return SOUND.contains(ending(path));
  }

  /// Returns whether a file of this name is an image.
  public static boolean isImage(String path) {
    return IMAGES.contains(ending(path));
  }

  /// Returns whether a file of this name is a mail or mailbox, which looks like text.
  public static boolean isMail(String path) {
    return MAIL.contains(ending(path));
  }

  /// Returns whether a file of this name is a page of HTML.
  public static boolean isPage(String path) {
    return PAGES.contains(ending(path));
  }

  /// Returns whether a file of this name is a script or style sheet, which tools minify.
  public static boolean isScript(String path) {
    return SCRIPTS.contains(ending(path));
  }
}
