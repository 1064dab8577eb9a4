package brimful.answer;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.pack.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds the citations of an answer, and checks each place against the window.
///
/// A citation is a name followed by a place: `src/A.java:12-40, 52`, `A.java#L12`, `A.java lines
/// 3-5`, `[plan.png]` of a whole document, `report.pdf p. 7-9`, `report.pdf p. 7 figure 2`,
/// `deck.pptx slide 3`, `costs.xlsx sheet "Q1"`, `costs.xlsx Q1!A2:D40`, `study.ipynb cell 12`,
/// `talk.vtt 00:12:31`, `chat.txt 2024-05-01 10:32`, in brackets or not. The search starts at the
/// place and looks left for the longest name that the window knows, complete or shortened, so that
/// names with spaces are found. An unknown name must look like a path to count, because times,
/// ports and addresses contain colons as well.
///
/// Thread-safe: holds no state but the window's names.
public final class Citations {
  private static final int CITATIONS_MAX = 10_000;
  private static final int PAGES_A_RANGE_MAX = 100;

  /// A larger number after an unknown name is no line.
  private static final int UNKNOWN_LINE_MAX = 9_999_999;

  /// The text between a name and its place, which also tells the place's unit.
  private static final Pattern MARK =
      Pattern.compile(
          "[`*]{0,3}(?::(?=[Ll]?\\d)|#(?=[Ll]\\d))"
              + "|(?<around>[`*\")\\]]{0,3}[,:]?\\s{0,2}[(\\[]?)"
              + "(?<![\\p{L}\\p{N}_])(?<unit>lines?|pp?\\.|pages?|slides?|sheet|cells?|turns?)\\s{0,2}(?=[\\p{L}\\p{N}\"'`])"
              + "|(?<time>[`*\")\\]]{0,3}[,:]?\\s{1,2}[(\\[]?)"
              + "(?=\\d{1,3}:\\d\\d(?!\\d)|\\d{4}-\\d\\d-\\d\\d)"
              + "|(?<address>[`*\")\\]]{0,3}[,:]?\\s{1,2}[(\\[]?)"
              + "(?=(?:'[^'\\n]{1,60}'|[\\p{L}\\p{N}_.]{1,60})!\\$?[A-Z]{1,3}\\$?\\d)",
          Pattern.CASE_INSENSITIVE);

  /// Names in brackets without a place, as images are cited.
  private static final Pattern NAMES = Pattern.compile("\\[`?([^\\[\\]\\n`]{1,300})`?\\]");

  private static final Pattern BETWEEN_NAMES = Pattern.compile("`?[,;]\\s{1,3}`?");

  private static final Pattern FENCE = Pattern.compile("(?m)^\\s{0,3}(```|~~~)");

  private final WindowContents windowContents;
  private final CitedName citedName;

  public Citations(Window window) {
    this.windowContents = new WindowContents(window);
    this.citedName = new CitedName(windowContents);
  }

  /// Returns each place that a text cites, once, in text order.
  public List<Citation> in(String text) {
    var found = new LinkedHashMap<Place, Citation>();
    var zeros = new LinkedHashMap<DocumentId, Citation>();
    int[] fences = FENCE.matcher(text).results().mapToInt(MatchResult::start).toArray();
    Optional<DocumentId> paged = windowContents.onlyPaged();
    Matcher names = NAMES.matcher(text);
    boolean more = names.find();
    Matcher mark = MARK.matcher(text);
    while (mark.find() && found.size() < CITATIONS_MAX) {
      for (; more && names.start() < mark.start(); more = names.find()) {
        addNamed(text, names, fences, found);
      }
      Unit unit = unit(mark);
      Optional<CitedName.Name> name =
          citedName.before(text, mark.start(), inFence(fences, mark.start()));
      if (name.isEmpty() && unit == Unit.PAGE && isBare(text, mark)) {
        name = paged.map(id -> new CitedName.Name(List.of(id), id));
      }
      if (name.isPresent()) {
        CitedName.Name cited = name.get();
        List<Locator> places = places(text, mark.end(), unit, cited);
        places.forEach(
            place -> found.putIfAbsent(new Place(cited.shown(), place), check(cited, place)));
        if (places.isEmpty() && isZero(text, mark.end(), unit, cited)) {
          zeros.putIfAbsent(cited.shown(), zero(cited));
        }
        if (places.stream().anyMatch(Locator.Page.class::isInstance)) {
          paged = Optional.of(cited.shown());
        }
      }
    }
    for (; more && found.size() < CITATIONS_MAX; more = names.find()) {
      addNamed(text, names, fences, found);
    }
    // Last, so that a page finds the citation of line 1 itself before them.
    return Stream.concat(found.values().stream(), zeros.values().stream()).toList();
  }

  /// Adds documents that are cited by their names alone, which links and code may have, too.
  private void addNamed(String text, Matcher names, int[] fences, Map<Place, Citation> found) {
    Matcher place = MARK.matcher(text).region(names.end(1), text.length());
    if (place.useTransparentBounds(true).lookingAt()) {
      return;
    }
    boolean onlyKnown = isLinkOrCode(text, names) || inFence(fences, names.start());
    String all = names.group(1).strip();
    List<String> each =
        windowContents.named(all).isEmpty() ? List.of(BETWEEN_NAMES.split(all)) : List.of(all);
    for (String name : each) {
      citedName
          .alone(name, onlyKnown)
          .map(this::whole)
          .ifPresent(
              cited -> found.putIfAbsent(new Place(cited.document(), cited.locator()), cited));
    }
  }

  /// `[guide.pdf](https://…)`, `[guide.pdf][1]`, `[guide.pdf]: …`, `![plan.png](…)`,
  /// `names[file.png]`, and what stands between backticks.
  private static boolean isLinkOrCode(String text, Matcher names) {
    char before = names.start() == 0 ? ' ' : text.charAt(names.start() - 1);
    char after = names.end() == text.length() ? ' ' : text.charAt(names.end());
    int line = text.lastIndexOf('\n', names.start()) + 1;
    long backticks = text.substring(line, names.start()).chars().filter(c -> c == '`').count();
    return "([:".indexOf(after) >= 0
        || "!]".indexOf(before) >= 0
        || Character.isLetterOrDigit(before)
        || backticks % 2 == 1;
  }

  private Citation whole(CitedName.Name name) {
    return name.documents().size() == 1
        ? new Citation(name.shown(), windowContents.whole(name.shown()), "")
        : check(name, new Locator.Lines(1, 1));
  }

  private record Place(DocumentId document, Locator locator) {}

  private boolean isZero(String text, int start, Unit unit, CitedName.Name name) {
    boolean counted = unit != Unit.SHEET && unit != Unit.TIME;
    return counted && !name.documents().isEmpty() && CitedRanges.isZero(text, start);
  }

  private static Citation zero(CitedName.Name name) {
    return new Citation(
        name.shown(), new Locator.Lines(1, 1), "the answer says 0, and places count from 1");
  }

  private enum Unit {
    LINE,
    PAGE,
    SLIDE,
    SHEET,
    CELL,
    TIME,
    TURN
  }

  private static Unit unit(Matcher mark) {
    String unit = mark.group("unit");
    if (mark.group("time") != null) {
      return Unit.TIME;
    }
    if (mark.group("address") != null) {
      return Unit.SHEET;
    }
    return unit == null
        ? Unit.LINE
        : switch (Character.toLowerCase(unit.charAt(0))) {
          case 'p' -> Unit.PAGE;
          case 'l' -> Unit.LINE;
          case 'c' -> Unit.CELL;
          case 't' -> Unit.TURN;
          default -> Character.toLowerCase(unit.charAt(1)) == 'l' ? Unit.SLIDE : Unit.SHEET;
        };
  }

  /// `(p. 7)` and `[pp. 7-9]` refer to the current document; elsewhere "p. 7" may be of any book.
  private static boolean isBare(String text, Matcher mark) {
    String around = mark.group("around");
    boolean inside = around != null && (around.endsWith("(") || around.endsWith("["));
    return inside && mark.end() < text.length() && Character.isDigit(text.charAt(mark.end()));
  }

  private static boolean inFence(int[] fences, int position) {
    int at = Arrays.binarySearch(fences, position);
    int before = at < 0 ? -at - 1 : at;
    return before % 2 == 1;
  }

  private List<Locator> places(String text, int start, Unit unit, CitedName.Name name) {
    if (unit == Unit.SHEET) {
      return CitedRanges.sheet(text, start, windowContents.of(name.shown())).stream()
          .map(sheet -> (Locator) sheet)
          .toList();
    }
    // `report.pdf:7` is page 7, because a document without lines cannot mean a line.
    Unit meant = unit == Unit.LINE ? unitOf(name.shown()) : unit;
    if (meant == Unit.TURN || (meant == Unit.TIME && unitOf(name.shown()) == Unit.TURN)) {
      return CitedRanges.turns(text, start, windowContents.of(name.shown()));
    }
    if (meant == Unit.TIME) {
      // Elsewhere "server.log 12:31" is no citation.
      return unitOf(name.shown()) == Unit.TIME ? CitedRanges.times(text, start) : List.of();
    }
    var places = new ArrayList<Locator>();
    if (meant == Unit.PAGE) {
      Optional<Locator> figure = CitedRanges.figure(text, start, windowContents.of(name.shown()));
      if (figure.isPresent()) {
        return List.of(figure.get());
      }
    }
    for (CitedRanges.Range range : CitedRanges.at(text, start)) {
      if (name.documents().isEmpty() && range.last() > UNKNOWN_LINE_MAX) {
        break;
      }
      if (meant == Unit.LINE) {
        places.add(new Locator.Lines(range.first(), range.last()));
      } else {
        int last = Math.min(range.last(), range.first() + PAGES_A_RANGE_MAX - 1);
        for (int number = range.first(); number <= last; number++) {
          places.add(
              switch (meant) {
                case CELL -> new Locator.Cell(number);
                case SLIDE -> new Locator.Slide(number);
                default -> new Locator.Page(number);
              });
        }
      }
    }
    return places;
  }

  private Unit unitOf(DocumentId document) {
    List<Locator> have = windowContents.of(document);
    if (have.isEmpty()) {
      return Unit.LINE;
    }
    return switch (have.getFirst()) {
      case Locator.Page _, Locator.Figure _ -> Unit.PAGE;
      case Locator.Slide _ -> Unit.SLIDE;
      case Locator.Cell _ -> Unit.CELL;
      case Locator.Time _ -> Unit.TIME;
      case Locator.Turns _ -> Unit.TURN;
      case Locator.Lines _, Locator.Sheet _ -> Unit.LINE;
    };
  }

  private Citation check(CitedName.Name name, Locator place) {
    String problem =
        switch (name.documents().size()) {
          case 0 -> "the window has no such document";
          case 1 -> windowContents.problem(name.shown(), place);
          default ->
              "%s documents of the window end so, such as %s and %s"
                  .formatted(
                      name.documents().size(), name.documents().get(0), name.documents().get(1));
        };
    return new Citation(name.shown(), place, problem);
  }
}
