package brimful.rank.aspect;

import brimful.corpus.PathKind;
import brimful.rank.reference.NamedFiles;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Sides of a project that people ask about without any word of the files that tell: where those
/// are, and what they are called, is convention.
public enum Aspect {
  /// "What is this repository about?"
  OVERVIEW("overview introduction features", "readme*", "overview* introduction* about* index*"),
  /// "How do I install it?"
  INSTALL(
      "install installation installing",
      "readme* install* getting?started* quick?start* install.sh",
      "contributing* BUILD"),
  /// "How do I try it?"
  RUN(
      "run running usage quickstart getting started example",
      "readme* getting?started* quick?start*",
      "usage* tutorial* compose*.y*ml docker-compose*.y*ml"),
  /// "How do I run the tests?"
  TEST(
      "run running tests test suite testing",
      "readme* contribut* develop* hacking* testing* SCRIPT RUNNER tox.ini noxfile.py",
      "WORKFLOW"),
  /// "How is it compiled?"
  BUILD(
      "build building compile from source",
      "readme* build* compil* install* contribut* develop* hacking* SCRIPT BUILD",
      "WORKFLOW"),
  /// "How do I run it in production?"
  DEPLOY(
      "deploy deployment docker production image container",
      "deploy* docker* dockerfile containerfile compose*.y*ml docker-compose*.y*ml",
      "readme*"),
  /// "How can I help?"
  CONTRIBUTE(
      "contribute contributing contributions pull request",
      "contribut* develop* hacking*",
      "readme* pull_request_template*"),
  /// "How is a release made?"
  RELEASE(
      "release releasing publish new version",
      "releas* publish* maintain* how_to_release*",
      "WORKFLOW contribut* *release* SCRIPT",
      "readme*"),
  /// "What changed lately?"
  CHANGES(
      "changes",
      "changelog* changes* history* news* release?notes* *releasenotes* whatsnew* NOTES",
      "upgrad* migrat*",
      "ELSE readme*"),
  /// "How do I report a vulnerability?"
  SECURITY("report security vulnerability", "security* vuln*", "readme* contribut*"),
  /// "What may I do with it?"
  LICENCE("license licence copyright", "licen?e* copying* *-license unlicen?e*", "readme*"),
  /// "Where are the settings?"
  CONFIGURATION(
      "configuration settings default options", "config* settings* *.conf", "readme* config.*"),
  /// "How is it organised?"
  LAYOUT(
      "layout structure modules source tree directories architecture",
      "architecture* readme* agents.md claude.md",
      "contribut* settings.gradle* pnpm-workspace.yaml BUILD"),
  /// "What does it depend on?"
  DEPENDENCIES(
      "dependencies requires",
      "MANIFEST requirements* *.versions.toml directory.packages.props",
      "readme* BUILD"),
  /// "Which Python versions are supported?"
  VERSION("version requires required minimum supported", "MANIFEST TOOLCHAIN", "readme* BUILD"),
  /// "Which commands does the manifest define?"
  SCRIPTS("scripts", "BUILD", "readme* contribut*"),
  /// "Where does the program start?"
  START("main", "START", "LIKELY_START");

  /// Programs that build or test, by the names that people agree on.
  private static final Pattern SCRIPT =
      Pattern.compile(
          "(?:scripts?/)?(?:build|test|install|setup|bootstrap)(?:\\.(?:sh|bash|ps1|cmd|bat))?");

  /// Names of files that fix the version of a compiler or a runtime.
  private static final Set<String> TOOLCHAINS =
      Set.of(
          "global.json",
          "rust-toolchain",
          "rust-toolchain.toml",
          "build.zig.zon",
          ".nvmrc",
          ".node-version",
          ".python-version",
          ".ruby-version",
          ".java-version",
          ".tool-versions");

  /// Names of build files that say what to do and not what is needed.
  private static final Set<String> TASKS = Set.of("makefile", "gnumakefile", "rakefile", "gemfile");

  /// Begins the last tier, of files that tell only where no others do.
  private static final String ELSE = "ELSE ";

  /// Added to the distance of such files.
  public static final int ELSE_DISTANCE = 100;

  /// Folders of one file for each version.
  private static final Pattern NOTES =
      Pattern.compile("(?:.*/)?(?:release[-_]?notes|changelogs)/[^/]*");

  /// A build file that looks for what a build needs, and tests the machine and not the program.
  private static final String CONFIGURE = "configure.ac";

  private static final Set<String> STARTS = Set.of("main", "__main__");

  private static final Set<String> LIKELY_STARTS = Set.of("cli", "app", "program", "index");

  private final String terms;
  private final List<Predicate<Place>> tiers;
  private final boolean orElse;

  /// A file's path in small letters, its last part and its kind.
  private record Place(String path, String name, PathKind kind) {}

  /// @param terms what the files that tell say in English
  /// @param tiers names of files that tell, those where one looks first in the first tier: words in
  ///   capitals are groups, patterns that end in a star without a dot are texts
  Aspect(String terms, String... tiers) {
    this.terms = terms;
    String last = tiers[tiers.length - 1];
    orElse = last.startsWith(ELSE);
    this.tiers =
        Arrays.stream(tiers)
            .map(names -> tier(names.startsWith(ELSE) ? names.substring(ELSE.length()) : names))
            .toList();
  }

  private static Predicate<Place> tier(String names) {
    return Arrays.stream(names.split(" ", -1)).map(Aspect::named).reduce(_ -> false, Predicate::or);
  }

  private static Predicate<Place> named(String name) {
    return switch (name) {
      case "BUILD" -> place -> PathKind.isBuildFile(place.name);
      case "MANIFEST" -> place -> PathKind.isBuildFile(place.name) && !TASKS.contains(place.name);
      case "RUNNER" -> place -> PathKind.isBuildFile(place.name) && !place.name.equals(CONFIGURE);
      case "TOOLCHAIN" -> place -> TOOLCHAINS.contains(place.name);
      case "SCRIPT" -> place -> SCRIPT.matcher(place.path).matches();
      case "NOTES" -> place -> NOTES.matcher(place.path).matches();
      case "WORKFLOW" -> place -> place.path.contains(".github/workflows/");
      case "START" -> place -> isStart(place, STARTS) || isInBin(place);
      case "LIKELY_START" -> place -> isStart(place, LIKELY_STARTS);
      default -> {
        boolean text = name.endsWith("*") && name.indexOf('.') < 0;
        Pattern pattern =
            Pattern.compile(name.replace(".", "\\.").replace("?", "[^/]?").replace("*", "[^/]*"));
        yield place ->
            (!text || place.kind == PathKind.DOC) && pattern.matcher(place.name).matches();
      }
    };
  }

  /// Returns words that the files which tell say, for those who ask in others.
  public String terms() {
    return terms;
  }

  /// Returns how far a file that tells about this aspect is from where one looks first: folders and
  /// less likely names; empty if it does not tell.
  public OptionalInt distance(String path, PathKind kind) {
    String lower = path.toLowerCase(Locale.ROOT);
    var place = new Place(lower, NamedFiles.name(lower), kind);
    for (int tier = 0; tier < tiers.size(); tier++) {
      if (tiers.get(tier).test(place)) {
        int depth = NamedFiles.depth(path) - (lower.startsWith(".github/") ? 1 : 0);
        boolean isElse = orElse && tier == tiers.size() - 1;
        return OptionalInt.of(tier + depth + (isElse ? ELSE_DISTANCE : 0));
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isStart(Place place, Set<String> names) {
    return (place.kind == PathKind.SOURCE || place.kind == PathKind.PACKAGE_FILE)
        && names.contains(stem(place));
  }

  private static boolean isInBin(Place place) {
    // A program's name often has no ending, like a text's.
    return (place.path.startsWith("bin/") || place.path.contains("/bin/"))
        && (place.kind == PathKind.SOURCE
            || (place.kind == PathKind.DOC && place.name.equals(stem(place))));
  }

  private static String stem(Place place) {
    int dot = place.name.indexOf('.');
    return dot > 0 ? place.name.substring(0, dot) : place.name;
  }
}
