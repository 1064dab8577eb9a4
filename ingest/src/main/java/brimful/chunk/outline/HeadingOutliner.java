package brimful.chunk.outline;

import brimful.chunk.outline.Definition.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the sections of a marked-up text by their headings, and its fenced blocks.
///
/// A section lasts until the next heading of its level or above. Underlined headings get their
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
  /// @param fences the delimiters of fenced blocks
  HeadingOutliner(String heading, String underlines, String... fences) {
    this.heading = Pattern.compile(heading);
    this.underlines = underlines;
    this.fences = List.of(fences);
  }

  @Override
  public List<Definition> outline(Lines lines) {
    var reading = new Reading(lines);
    Matcher matcher = heading.matcher(lines.text());
    Matcher underline = UNDERLINE.matcher(lines.text());
    for (int line = 0; line < lines.count(); line++) {
      if (!reading.fenced(line, fences)) {
        if (matcher.region(lines.start(line), lines.end(line)).matches()) {
          int level = matcher.end("level") - matcher.start("level");
          reading.open(matcher.group("name"), level, line);
        } else if (line > 0
            && underline.region(lines.start(line), lines.end(line)).matches()
            && underlines(lines, line, underline.group(1))) {
          reading.openUnderlined(underline.group(1), line - 1);
        }
      }
      reading.lastInk = lines.blank(line) ? reading.lastInk : line;
    }
    return reading.definitions();
  }

  /// Returns whether a line of marks stands under a title, which is one unindented line.
  private boolean underlines(Lines lines, int line, String mark) {
    int title = line - 1;
    int length = lines.end(title) - lines.start(title);
    int marks = lines.end(line) - lines.start(line);
    boolean alone =
        title == 0 || lines.blank(title - 1) || UNDERLINE.matcher(lines.line(title - 1)).matches();
    return underlines.contains(mark)
        && length > 0
        && length <= marks + (mark.equals("=") ? NAME_MAX : 2)
        && Character.isLetterOrDigit(lines.text().charAt(lines.start(title)))
        && alone;
  }

  private record Open(DefinitionStart header, int level) {}

  /// The open sections while a text is read.
  private static final class Reading {
    final Lines lines;
    final Nesting nesting;
    final Deque<Open> sections = new ArrayDeque<>();
    final List<Character> underlineLevels = new ArrayList<>();
    String fence = "";
    int fenceLine;
    int lastInk;

    Reading(Lines lines) {
      this.lines = lines;
      this.nesting = new Nesting(lines);
    }

    /// Returns whether a line belongs to a fenced block.
    boolean fenced(int line, List<String> fences) {
      int ink = lines.firstInk(line);
      if (fence.isEmpty()) {
        for (String each : fences) {
          if (ink < lines.end(line) && lines.text().startsWith(each, ink)) {
            fence = each;
            fenceLine = line;
          }
        }
        return !fence.isEmpty();
      }
      if (lines.text().startsWith(fence, ink)) {
        fence = "";
        int start = lines.start(fenceLine);
        nesting.add(new DefinitionStart("", Kind.BLOCK, "", fenceLine, fenceLine, start), line);
      }
      return true;
    }

    void open(String name, int level, int line) {
      while (!sections.isEmpty() && sections.getFirst().level >= level) {
        nesting.add(sections.pop().header, Math.min(lastInk, line - 1));
      }
      String clean = Breadcrumbs.cut(name.strip(), NAME_MAX);
      if (!clean.isEmpty()) {
        var definitionStart =
            new DefinitionStart(clean, Kind.HEADING, "", line, line, lines.start(line));
        sections.push(new Open(definitionStart, level));
      }
    }

    void openUnderlined(String mark, int line) {
      Character c = mark.charAt(0);
      if (!underlineLevels.contains(c)) {
        underlineLevels.add(c);
      }
      open(lines.line(line), underlineLevels.indexOf(c) + 1, line);
    }

    List<Definition> definitions() {
      for (Open each : sections) {
        nesting.add(each.header, lastInk);
      }
      return nesting.nested();
    }
  }
}
