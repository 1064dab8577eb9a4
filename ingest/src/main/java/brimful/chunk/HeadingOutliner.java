package brimful.chunk;

import brimful.chunk.Definition.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the sections of a marked-up text by their headings, and its fenced blocks.
///
/// A section lasts until the next heading of its level or above. Underlined headings take their
/// level from the order in which the underlines first appear, as in reStructuredText; in Markdown
/// that gives `===` and `---` the same order.
final class HeadingOutliner implements Outliner {
  private static final int NAME_MAX = 120;
  private static final Pattern UNDERLINE = Pattern.compile("([=\\-~^\"'`#*+.:_])\\1{2,}\\s*");

  private final Pattern heading;
  private final String underlines;
  private final List<String> fences;

  /// @param heading matches a heading's line; its groups are `level`, as long as the level is deep,
  ///   and `name`
  /// @param underlines the characters that may underline a heading
  /// @param fences what opens and closes a block of its own
  HeadingOutliner(String heading, String underlines, String... fences) {
    this.heading = Pattern.compile(heading);
    this.underlines = underlines;
    this.fences = List.of(fences);
  }

  private record Open(Header header, int level) {}

  /// What is open while a text is read.
  private static final class State {
    final Deque<Open> sections = new ArrayDeque<>();
    final List<Character> underlineLevels = new ArrayList<>();
    String fence = "";
    int fenceLine;
    int lastInk;
  }

  @Override
  public List<Definition> outline(Lines lines) {
    var nesting = new Nesting(lines);
    var state = new State();
    Matcher matcher = heading.matcher(lines.text());
    Matcher underline = UNDERLINE.matcher(lines.text());
    for (int line = 0; line < lines.count(); line++) {
      if (!fenced(lines, line, state, nesting)) {
        if (matcher.region(lines.start(line), lines.end(line)).matches()) {
          int level = matcher.end("level") - matcher.start("level");
          open(matcher.group("name"), level, line, state, nesting);
        } else if (line > 0
            && underline.region(lines.start(line), lines.end(line)).matches()
            && underlines(lines, line, underline.group(1))) {
          open(lines.line(line - 1), level(underline.group(1), state), line - 1, state, nesting);
        }
      }
      state.lastInk = lines.blank(line) ? state.lastInk : line;
    }
    for (Open each : state.sections) {
      nesting.add(each.header, state.lastInk);
    }
    return nesting.nested();
  }

  private boolean fenced(Lines lines, int line, State state, Nesting nesting) {
    int ink = lines.firstInk(line);
    if (state.fence.isEmpty()) {
      for (String each : fences) {
        if (lines.text().startsWith(each, ink) && ink < lines.end(line)) {
          state.fence = each;
          state.fenceLine = line;
        }
      }
      return !state.fence.isEmpty();
    }
    if (lines.text().startsWith(state.fence, ink)) {
      state.fence = "";
      nesting.add(new Header("", Kind.BLOCK, "", state.fenceLine, state.fenceLine), line);
    }
    return true;
  }

  /// Returns whether a line of marks stands under a title, which is one unindented line.
  private boolean underlines(Lines lines, int line, String mark) {
    int title = line - 1;
    int length = lines.end(title) - lines.start(title);
    return underlines.contains(mark)
        && length > 0
        && length <= lines.end(line) - lines.start(line) + (mark.equals("=") ? NAME_MAX : 2)
        && Character.isLetterOrDigit(lines.text().charAt(lines.start(title)))
        && (title == 0
            || lines.blank(title - 1)
            || UNDERLINE.matcher(lines.line(title - 1)).matches());
  }

  private static int level(String mark, State state) {
    Character c = mark.charAt(0);
    if (!state.underlineLevels.contains(c)) {
      state.underlineLevels.add(c);
    }
    return state.underlineLevels.indexOf(c) + 1;
  }

  private static void open(String name, int level, int line, State state, Nesting nesting) {
    while (!state.sections.isEmpty() && state.sections.getFirst().level >= level) {
      nesting.add(state.sections.pop().header, Math.min(state.lastInk, line - 1));
    }
    String clean = Titles.cut(name.strip(), NAME_MAX);
    if (!clean.isEmpty()) {
      state.sections.push(new Open(new Header(clean, Kind.HEADING, "", line, line), level));
    }
  }
}
