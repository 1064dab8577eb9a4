package brimful.chunk.outline;

import static brimful.chunk.outline.Syntax.Trait.BARE_METHOD;
import static brimful.chunk.outline.Syntax.Trait.BODILESS;
import static brimful.chunk.outline.Syntax.Trait.EMBEDDED;
import static brimful.chunk.outline.Syntax.Trait.HASH_COMMENT;
import static brimful.chunk.outline.Syntax.Trait.HEREDOC;
import static brimful.chunk.outline.Syntax.Trait.LINE_ENDS;
import static brimful.chunk.outline.Syntax.Trait.LONG_STRING;
import static brimful.chunk.outline.Syntax.Trait.NAME_BACKTICK;
import static brimful.chunk.outline.Syntax.Trait.NESTED_COMMENT;
import static brimful.chunk.outline.Syntax.Trait.OPERATOR_NAME;
import static brimful.chunk.outline.Syntax.Trait.PREPROCESSOR;
import static brimful.chunk.outline.Syntax.Trait.QUOTE_STRING;
import static brimful.chunk.outline.Syntax.Trait.RAW_BACKTICK;
import static brimful.chunk.outline.Syntax.Trait.RAW_HASH;
import static brimful.chunk.outline.Syntax.Trait.RAW_PAREN;
import static brimful.chunk.outline.Syntax.Trait.RECEIVER;
import static brimful.chunk.outline.Syntax.Trait.REGEX;
import static brimful.chunk.outline.Syntax.Trait.TEMPLATE;
import static brimful.chunk.outline.Syntax.Trait.TRIPLE_QUOTE;
import static brimful.chunk.outline.Syntax.Trait.TYPED_FUNCTION;
import static brimful.chunk.outline.Syntax.Trait.VERBATIM;

import brimful.corpus.DocumentId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The supported languages: how their files are named, and how their definitions are found.
///
/// One table, so that all can be seen at once. A name with a leading dot is the end of a file name,
/// one without is the whole name.
public enum Language {
  JAVA(braces("class interface enum record", "", TRIPLE_QUOTE, TYPED_FUNCTION, BODILESS), ".java"),
  GROOVY(
      braces(
          "class interface enum trait record",
          "",
          TRIPLE_QUOTE,
          QUOTE_STRING,
          LINE_ENDS,
          TYPED_FUNCTION),
      ".groovy .gradle jenkinsfile"),
  KOTLIN(
      braces(
          "class interface object",
          "fun constructor!",
          TRIPLE_QUOTE,
          NESTED_COMMENT,
          NAME_BACKTICK,
          LINE_ENDS),
      ".kt .kts"),
  SCALA(
      braces(
          "class trait object enum", "def", TRIPLE_QUOTE, NESTED_COMMENT, NAME_BACKTICK, LINE_ENDS),
      ".scala .sc .sbt"),
  CSHARP(
      braces(
          "class interface struct enum record namespace",
          "",
          TRIPLE_QUOTE,
          VERBATIM,
          PREPROCESSOR,
          TYPED_FUNCTION,
          BODILESS),
      ".cs"),
  C(
      braces("class struct union enum namespace", "", RAW_PAREN, PREPROCESSOR, TYPED_FUNCTION),
      ".c .h .cc .hh .cpp .hpp .cxx .hxx .c++ .h++ .cu .cuh .ino .inl .ipp"),
  OBJECTIVE_C(
      markers(
          "(?:@(?<label>interface|implementation|protocol)|[-+] *\\([^)]*\\)|\\w[\\w *]*?(?<!\\w)(?=\\w++\\())"
              + " *(?<name>\\w+)"),
      ".m .mm"),
  GO(braces("type", "func", RAW_BACKTICK, LINE_ENDS, RECEIVER), ".go"),
  RUST(
      braces("struct enum union trait impl mod type", "fn", RAW_HASH, LONG_STRING, NESTED_COMMENT),
      ".rs"),
  SWIFT(
      braces(
          "class struct enum protocol extension actor typealias associatedtype macro",
          "func init! deinit! subscript! var let",
          TRIPLE_QUOTE,
          NESTED_COMMENT,
          NAME_BACKTICK,
          OPERATOR_NAME,
          LINE_ENDS),
      ".swift"),
  JAVASCRIPT(
      braces("class", "function", QUOTE_STRING, TEMPLATE, REGEX, LINE_ENDS, BARE_METHOD),
      ".js .jsx .mjs .cjs .vue .svelte"),
  TYPESCRIPT(
      braces(
          "class interface enum namespace module type",
          "function",
          QUOTE_STRING,
          TEMPLATE,
          REGEX,
          LINE_ENDS,
          BARE_METHOD,
          BODILESS),
      ".ts .tsx .mts .cts"),
  PHP(
      braces(
          "class interface trait enum namespace",
          "function",
          QUOTE_STRING,
          LONG_STRING,
          HASH_COMMENT,
          HEREDOC,
          EMBEDDED),
      ".php .phtml"),
  DART(
      braces(
          "class mixin enum extension",
          "",
          QUOTE_STRING,
          TRIPLE_QUOTE,
          NESTED_COMMENT,
          TYPED_FUNCTION,
          BODILESS),
      ".dart"),
  HCL(new HclOutliner(), ".tf .hcl .tfvars .tofu .nomad"),
  PROTOBUF(braces("message enum service", "rpc", QUOTE_STRING), ".proto"),
  THRIFT(
      braces("struct enum service union exception", "", QUOTE_STRING, HASH_COMMENT, TYPED_FUNCTION),
      ".thrift"),
  GRAPHQL(
      braces("type interface enum input union scalar", "", TRIPLE_QUOTE, HASH_COMMENT, LINE_ENDS),
      ".graphql .graphqls .gql"),
  PYTHON(
      indents("(?:async +)?(?<label>def|class) +(?<name>\\w+)"),
      ".py .pyi .pyx .bzl .star python build.bazel sconstruct"),
  NIM(
      indents("(?<label>proc|func|method|template|macro|iterator|converter) +`?(?<name>\\w+)"),
      ".nim .nims"),
  RUBY(
      indents("(?<label>def|class|module) +(?:self\\.)?(?:\\w++::)*+(?<name>\\w+[?!=]?)", "end"),
      ".rb .rake .gemspec .ru rakefile gemfile vagrantfile ruby"),
  LUA(indents("(?:local +)?(?<label>function) +(?:\\w++[.:])*+(?<name>\\w+)", "end"), ".lua lua"),
  ELIXIR(
      indents(
          "(?<label>def(?:module|protocol|impl|macro)?p?) +(?:\\w++\\.)*+(?<name>\\w+[?!]?)",
          "end"),
      ".ex .exs elixir"),
  JULIA(
      indents("(?:mutable +)?(?<label>function|struct|module|macro) +(?<name>\\w+!?)", "end"),
      ".jl julia"),
  SHELL(
      indents(
          "(?:(?<label>function) +)?(?<name>[\\w:.-]+)(?: *\\(\\)|(?<=function [\\w:.-]{1,64}) *\\{)",
          "}",
          ")"),
      ".sh .bash .zsh .ksh .bats sh bash zsh ksh"),
  PERL(indents("(?<label>sub|package) +(?:\\w++::)*+(?<name>\\w+)", "}"), ".pl .pm perl"),
  FORTRAN(new FortranOutliner(false), ".f90 .f95 .f03 .f08 .f18"),
  FORTRAN_FIXED(new FortranOutliner(true), ".f .for .ftn .f77"),
  COBOL(new CobolOutliner(), ".cob .cbl .cobol .cpy .ccp .pco"),
  OCAML(new OcamlOutliner(), ".ml .mli .mll .mly .eliom .eliomi ocaml"),
  HASKELL(new HaskellOutliner(), ".hs .hsc .hs-boot .chs .purs runhaskell runghc"),
  LISP(
      new LispOutliner(),
      ".el .lisp .lsp .asd .scm .ss .sld .sls .rkt .clj .cljs .cljc emacs guile racket" + " sbcl"),
  SQL(
      markers(
          "(?i)create +(?:or +replace +)?(?:temp(?:orary)? +|unique +|materialized +)*+"
              + "(?<label>table|view|function|procedure|trigger|index|type|schema|sequence) +"
              + "(?:if +not +exists +)?(?:[\\w\"`\\[\\]]++\\.)*+[\"`\\[]?(?<name>\\w+)"),
      ".sql .ddl .psql"),
  MAKE(
      markers("(?<name>[A-Za-z0-9_./%$(){}-]+)(?<label>)(?: [\\w./%$(){} -]*)?::?(?!=)"),
      ".mk .mak makefile gnumakefile"),
  R(indents("(?<name>[\\w.]+)(?<label>) *(?:<-|=) *function", "}"), ".r rscript"),
  MARKDOWN(
      headings(
          "(?s)(?<level>#{1,6}+)[ \\t]++(?<name>(?:.*[^ \\t#])?)[ \\t#]*+", "=-", "```", "~~~"),
      ".md .markdown .mdx .mkd .qmd .rmd"),
  RESTRUCTURED_TEXT(headings("(?<level>(?!))(?<name>)", "=-~^\"'`#*+.:_"), ".rst .rest"),
  ASCIIDOC(
      headings(
          "(?s)(?<level>={1,6}+)[ \\t]++(?<name>(?:.*[^ \\t=])?)[ \\t=]*+",
          "=-~^",
          "----",
          "....",
          "===="),
      ".adoc .asciidoc .asc"),
  ORG(headings("(?s)(?<level>\\*{1,8}+)[ \\t]++(?<name>.*+)", "", "#+begin", "#+BEGIN"), ".org"),
  TEXT(Outliner.NONE, ".txt .text .srt .vtt .sbv .ass .ssa .ics .ical .vcf .vcard"),
  PLAIN(Outliner.NONE, "");

  private static final int SHEBANG_MAX = 128;
  private static final Pattern SHEBANG =
      Pattern.compile("#!\\s*\\S*?/?(?:env +(?:-S +)?)?([A-Za-z]+)[\\d.]*(?:\\s.*)?");
  private static final Pattern FENCE = Pattern.compile("`{3,}([\\w+#.-]+)\n");
  private static final Map<String, Language> BY_NAME = new HashMap<>();

  static {
    for (Language language : values()) {
      for (String name : language.names.split(" ", -1)) {
        BY_NAME.put(name, language);
      }
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // Outliners are, their contract says it.
  private final Outliner outliner;

  private final String names;

  Language(Outliner outliner, String names) {
    this.outliner = outliner;
    this.names = names;
  }

  /// Returns the language of a document by its name, else by its `#!` line, else [#PLAIN].
  public static Language of(DocumentId id, String text) {
    String name = id.value().substring(id.value().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    Language byName = BY_NAME.getOrDefault(dot < 0 ? name : name.substring(dot), PLAIN);
    return byName == PLAIN && text.startsWith("#!") ? byShebang(text) : byName;
  }

  /// Returns the language of a notebook's cell: that of its fence, else Markdown.
  public static Language ofCell(String text) {
    Matcher fence = FENCE.matcher(text);
    if (!fence.lookingAt()) {
      return MARKDOWN;
    }
    String name = fence.group(1);
    for (Language language : values()) {
      if (language.name().equalsIgnoreCase(name)) {
        return language;
      }
    }
    return BY_NAME.getOrDefault("." + name, PLAIN);
  }

  /// Returns whether it is written by people for people: neither code nor data.
  public boolean prose() {
    return switch (this) {
      case MARKDOWN, RESTRUCTURED_TEXT, ASCIIDOC, ORG, TEXT -> true;
      default -> false;
    };
  }

  public Outliner outliner() {
    return outliner;
  }

  private static Language byShebang(String text) {
    int end = text.indexOf('\n');
    String line = text.substring(0, Math.min(end < 0 ? text.length() : end, SHEBANG_MAX));
    Matcher matcher = SHEBANG.matcher(line);
    String program = matcher.matches() ? matcher.group(1) : "";
    return program.equals("node")
        ? JAVASCRIPT
        : program.isEmpty() ? PLAIN : BY_NAME.getOrDefault(program, PLAIN);
  }

  private static Outliner braces(String types, String functions, Syntax.Trait... traits) {
    return new BraceOutliner(new Syntax(types, functions, traits));
  }

  private static Outliner indents(String header, String... closers) {
    return new IndentOutliner(header, closers);
  }

  private static Outliner markers(String header) {
    return new MarkerOutliner(header);
  }

  private static Outliner headings(String heading, String underlines, String... fences) {
    return new HeadingOutliner(heading, underlines, fences);
  }
}
