package brimful.rank;

import brimful.corpus.Folding;
import brimful.index.Terms;
import brimful.index.term.NaturalLanguage;
import brimful.rank.aspect.Aspect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a question's wording tells a search, beyond its terms.
///
/// @param terms what to search for
/// @param subject what it is about: all of a short question, the first line of a report
/// @param paths files that it names, with forward slashes, as far as they are written out
/// @param symbols names of code in it, as written
/// @param report whether it is as long as a bug report, and therefore about code and not its manual
/// @param tests whether it mentions tests
/// @param guide whether it asks for documents, or for what they tell
/// @param aspects sides of a project that it asks about
record QuestionAnalysis(
    Terms terms,
    String subject,
    List<String> paths,
    List<String> symbols,
    boolean report,
    boolean tests,
    boolean guide,
    Set<Aspect> aspects) {
  /// The title of a report says what it is about; published ablations repeat it three times.
  private static final float TITLE_EXTRA_WEIGHT = 4;

  /// The weight of a word such as `the` against a word of the subject.
  private static final float FUNCTION_WORDS_WEIGHT = 0.1f;

  /// The weight of words that the files which answer say, and the question may not.
  private static final float ASPECT_WEIGHT = 0.5f;

  /// A question with more words is a report. From the published query classes.
  private static final int REPORT_WORDS_MIN = 60;

  private static final int PATHS_MAX = 100;

  // No question makes a pattern go back and try again: they are possessive or bounded, and none has
  // a \b, which looks for the letter before a run of combining marks from each of them.

  /// A possible path.
  private static final Pattern PATH = Pattern.compile("[\\w\\p{L}\\p{M}\\p{N}.@~+/\\\\-]++");

  /// A file's name with an ending: `a.py`, `pom.xml`.
  private static final Pattern FILE_NAME =
      Pattern.compile("[\\w\\p{L}\\p{M}\\p{N}.@~+-]{1,200}\\.[A-Za-z]\\w{0,7}+");

  /// A Java stack frame: `at org.example.Server$1.run(Server.java:12)`.
  private static final Pattern FRAME =
      Pattern.compile("(?<!\\w)at ([\\w$.]{1,500})\\.[\\w$<>]{1,200}+\\((\\w++\\.\\w++):\\d++\\)");

  /// A dotted name that may be a module: `django.db.models`.
  private static final Pattern MODULE =
      Pattern.compile("(?<!\\w)[a-z_]\\w*+(?:\\.[A-Za-z_]\\w*+)++");

  private static final Pattern WORD = Pattern.compile("\\S++");

  private static final Pattern TESTS =
      Pattern.compile(
          "(?<!\\w)test(?:s|ing|ed|case|cases|suite)?(?!\\w)", Pattern.CASE_INSENSITIVE);

  private static final Pattern GUIDE =
      Pattern.compile(
          "(?<!\\w)(?:why|how (?:do|can|should) (?:i|you)|how to|docs?|documents?|documentation|readme"
              + "|changelog|release notes|guides?|tutorials?|manuals?|licen[cs]e)(?!\\w)",
          Pattern.CASE_INSENSITIVE);

  QuestionAnalysis {
    paths = List.copyOf(paths);
    symbols = List.copyOf(symbols);
    aspects = Set.copyOf(aspects);
  }

  static QuestionAnalysis of(Question question) {
    return of(question, Set.of(), Set.of());
  }

  static QuestionAnalysis of(Question question, Set<Aspect> aspects, Set<Signal> without) {
    String text = Folding.of(question.text());
    String told = without.contains(Signal.BOILERPLATE) ? text : Boilerplate.without(text).strip();
    if (told.isEmpty()) {
      told = text;
    }
    boolean report = isReport(told);
    var passages = new ArrayList<Terms.Passage>();
    add(told, 1, without, passages);
    String title = told.lines().findFirst().orElse(told);
    if (title.length() < told.length() && !without.contains(Signal.TITLE)) {
      add(title, TITLE_EXTRA_WEIGHT, without, passages);
    }
    boolean tests = TESTS.matcher(report ? title : told).find();
    aspects.forEach(aspect -> passages.add(new Terms.Passage(aspect.terms(), ASPECT_WEIGHT)));
    boolean guide =
        aspects.stream().anyMatch(aspect -> aspect != Aspect.START) || GUIDE.matcher(told).find();
    return new QuestionAnalysis(
        new Terms(
            passages, NaturalLanguage.of(text), !report && !without.contains(Signal.WORD_FORMS)),
        report ? title : told,
        List.copyOf(paths(text)),
        List.copyOf(Symbols.in(text)),
        report,
        tests,
        guide,
        aspects);
  }

  /// Returns the names of files that a short question spells out, and is about; a report quotes
  /// many.
  List<String> spelledOut() {
    return report ? List.of() : paths.stream().filter(path -> path.indexOf('.') >= 0).toList();
  }

  /// Returns whether a question is as long as a report of a defect.
  static boolean isReport(String text) {
    return WORD.matcher(text).results().limit(REPORT_WORDS_MIN + 1).count() > REPORT_WORDS_MIN;
  }

  private static void add(
      String text, float weight, Set<Signal> without, List<Terms.Passage> passages) {
    String content = FunctionWords.without(text);
    if (content.equals(text) || without.contains(Signal.FUNCTION_WORDS)) {
      passages.add(new Terms.Passage(text, weight));
    } else {
      passages.add(new Terms.Passage(content, weight * (1 - FUNCTION_WORDS_WEIGHT)));
      passages.add(new Terms.Passage(text, weight * FUNCTION_WORDS_WEIGHT));
    }
  }

  private static SequencedSet<String> paths(String text) {
    var paths = new LinkedHashSet<String>();
    Matcher frames = FRAME.matcher(text);
    while (frames.find() && paths.size() < PATHS_MAX) {
      String type = frames.group(1);
      int end = type.lastIndexOf('.');
      String folder = end < 0 ? "" : type.substring(0, end).replace('.', '/') + "/";
      paths.add(folder + frames.group(2));
    }
    Matcher named = PATH.matcher(text);
    while (named.find() && paths.size() < PATHS_MAX) {
      String path = named.group().replace('\\', '/').replaceAll("^[./]++|[./-]$", "");
      if (FILE_NAME.matcher(path.substring(path.lastIndexOf('/') + 1)).matches()) {
        paths.add(path);
      }
    }
    Matcher modules = MODULE.matcher(text);
    while (modules.find() && paths.size() < PATHS_MAX) {
      paths.add(modules.group().replace('.', '/'));
    }
    return paths;
  }
}
