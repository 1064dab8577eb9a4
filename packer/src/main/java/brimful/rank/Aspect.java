package brimful.rank;

import brimful.corpus.PathKind;
import brimful.rank.reference.NamedFiles;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Sides of a project that people ask about without any word of the files that tell: where those
/// are, and what they are called, is convention.
enum Aspect {
  /// "What is this repository about?"
  OVERVIEW(
      "what (?:is|does|are) (?:this|the) (?:[\\w-]{1,30} )?(?:repo|repository|project|package|library"
          + "|program|tool|codebase|module|app|application|framework|gem|crate|plugin)(?!\\w)"
          + "|(?:repo|repository|project|codebase|package|library) (?:is )?about"
          + "|overview of (?:this|the)|(?:get|getting) started"
          + "|^what(?:'s| is) (?:it|this)(?: for| about)?(?: ?\\?)?$"),
  /// "How is it built, tested and released?"
  PROCESS(
      "how (?:is|are) (?:it|this|the (?:repo|repository|project|program|codebase|library|package"
          + "|app|application))(?!\\w).{0,60}"
          + "(?:built|tested|released|installed|deployed|published|packaged)"
          + "|(?:release|releasing|publish|publishing) (?:a|the) (?:new |next )?(?:version|release)"
          + "|(?:cut|make|do) a (?:new )?release"
          + "|how (?:is|are) (?:a |the )?(?:new |next )?(?:release|version)s? (?:made|cut|published)"
          + "|from source(?!\\w)|continuous integration"
          + "|how (?:(?:do|can|should) (?:i|we|you|one|people|contributors)|to)(?: \\w{1,30}){0,2}"
          + " (?:build|compile|install|contribute)(?!\\w)"
          + "|(?:run|running) (?:the|all) (?:unit )?tests?(?: suite)?(?!\\w)"),
  /// "Which Python versions are supported?"
  MANIFEST(
      "(?:which|what|oldest|lowest|minimum|minimal|supported|required)(?: [\\w.#+-]{1,30}){0,4}"
          + " (?:versions?|edition)(?!\\w)(?! numbers?)"
          + "|(?:which|what)(?: [\\w.#+-]{1,30}){0,3} (?:packages|gems|crates|dependencies|modules"
          + "|libraries|extensions|extras|features?|feature flags|scripts)(?!\\w)"
          + "|(?:runtime|required|external|third[- ]party|direct|optional)"
          + " (?:dependencies|packages|libraries)|depends? on at runtime"),
  /// "Where does the program start?"
  START(
      "where does (?:it|this|the (?:[\\w-]{1,30} ){0,2}(?:program|application|app|server|tool|process"
          + "|execution|code)) (?:start|begin)"
          + "|entry ?-?points?(?!\\w)|runs first|code runs when|main (?:function|method|class)(?!\\w)"),
  /// "What changed lately?"
  CHANGES(
      "what(?:'s| is| has| was| were| have)?(?: been)? (?:changed|new|different)"
          + "(?: (?:lately|recently|(?:in|since|with) (?:(?:the|this) )?"
          + "(?:last|latest|newest|recent|current|new) (?:versions?|releases?)))?(?: ?\\?)?$"
          + "|(?:what|which)(?: [\\w'-]{1,30}){0,2} (?:recent|latest|last|newest) changes(?!\\w)"
          + "|release notes|change ?-?log(?!\\w)");

  /// Programs that build or test, by the names that people agree on.
  private static final Pattern SCRIPT =
      Pattern.compile(
          "(?:scripts?/)?(?:build|test|install|setup|bootstrap)(?:\\.(?:sh|bash|ps1|cmd|bat))?");

  private static final Set<String> HISTORIES =
      Set.of(
          "changelog",
          "changes",
          "history",
          "news",
          "releases",
          "releasenotes",
          "release-notes",
          "release_notes",
          "whatsnew");

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

  private static final Pattern GUIDE =
      Pattern.compile(
          "(?:contribut|develop|hacking|build|install|releas|maintain|testing|publishing)[^/]*");

  private static final Set<String> STARTS =
      Set.of("main", "__main__", "cli", "app", "program", "index");

  private final Pattern asked;

  Aspect(String asked) {
    this.asked = Pattern.compile("(?<!\\w)(?:" + asked + ")", Pattern.CASE_INSENSITIVE);
  }

  /// Returns what a question asks about.
  static Set<Aspect> of(String question) {
    var aspects = EnumSet.noneOf(Aspect.class);
    for (Aspect aspect : values()) {
      if (aspect.asked.matcher(question).find()) {
        aspects.add(aspect);
      }
    }
    return aspects;
  }

  /// Returns whether a file tells about this aspect.
  boolean isToldBy(String path, PathKind kind) {
    String lower = path.toLowerCase(Locale.ROOT);
    String name = NamedFiles.name(lower);
    int dot = name.indexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return switch (this) {
      case OVERVIEW -> stem.equals("readme");
      case PROCESS -> isProcess(lower, name, stem, kind);
      case MANIFEST ->
          PathKind.isBuildFile(name)
              || TOOLCHAINS.contains(name)
              || (stem.equals("readme") && lower.indexOf('/') < 0);
      case CHANGES -> HISTORIES.contains(stem) && kind == PathKind.DOC;
      case START -> isStart(lower, name, stem, kind);
    };
  }

  /// Returns how far a file that tells is from where one looks first: how many folders it is in. A
  /// README repeats what a manifest says.
  int distance(String path) {
    boolean repeats =
        this == MANIFEST && NamedFiles.name(path).toLowerCase(Locale.ROOT).startsWith("readme");
    return NamedFiles.depth(path) + (repeats ? 1 : 0);
  }

  private static boolean isProcess(String path, String name, String stem, PathKind kind) {
    return (kind == PathKind.DOC && GUIDE.matcher(name).matches())
        || path.contains(".github/workflows/")
        || SCRIPT.matcher(path).matches()
        || ((stem.equals("readme") || PathKind.isBuildFile(name)) && path.indexOf('/') < 0);
  }

  private static boolean isStart(String path, String name, String stem, PathKind kind) {
    if (path.startsWith("bin/") || path.contains("/bin/")) {
      // A program's name often has no ending, like a text's.
      return kind == PathKind.SOURCE || (kind == PathKind.DOC && name.equals(stem));
    }
    return (kind == PathKind.SOURCE || kind == PathKind.PACKAGE_FILE) && STARTS.contains(stem);
  }
}
