package brimful.corpus;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A position within a document, which citations refer to.
public sealed interface Locator {

  /// Returns how people write it after the document's name: `12-40`, `p. 7`, `p. 7 figure 2`,
  /// `slide 3`, `sheet Costs!A2:D40`, `cell 12`, `00:12:31`, `2024-05-01 10:32 Mia`.
  String display();

  /// Returns the place from the start of this one to the end of a later one, or this one if they
  /// are not parts of one range.
  default Locator to(Locator last) {
    return this;
  }

  /// A range of lines, one-based and inclusive.
  record Lines(int first, int last) implements Locator {
    public Lines {
      if (first < 1 || last < first) {
        throw new IllegalArgumentException(
            "lines %s-%s: first must be at least 1 and last not before it".formatted(first, last));
      }
    }

    @Override
    public String display() {
      return first + "-" + last;
    }

    @Override
    public Locator to(Locator end) {
      return end instanceof Lines(int _, int to) ? new Lines(first, to) : this;
    }
  }

  /// A page of a paged document, one-based.
  record Page(int number) implements Locator {
    public Page {
      requirePositive("page", number);
    }

    @Override
    public String display() {
      return "p. " + number;
    }
  }

  /// A figure on a page of a paged document.
  ///
  /// @param number that of its caption, or counted from 1 on its page
  record Figure(int page, int number) implements Locator {
    public Figure {
      requirePositive("page", page);
      requirePositive("figure", number);
    }

    @Override
    public String display() {
      return "p. " + page + " figure " + number;
    }
  }

  /// A slide of a presentation, one-based.
  record Slide(int number) implements Locator {
    public Slide {
      requirePositive("slide", number);
    }

    @Override
    public String display() {
      return "slide " + number;
    }
  }

  /// A sheet of a spreadsheet, by its name.
  ///
  /// @param cells the cells; empty for the whole sheet
  record Sheet(String name, Optional<CellRange> cells) implements Locator {
    public Sheet {
      name = WellFormed.text(name);
      if (name.isBlank()) {
        throw new IllegalArgumentException("a sheet has a name: give its number if it has none");
      }
    }

    /// Returns a whole sheet.
    public Sheet(String name) {
      this(name, Optional.empty());
    }

    @Override
    public String display() {
      return "sheet " + cells.map(range -> quoted(name) + "!" + range.display()).orElse(name);
    }

    /// As spreadsheets do: `'Q1 costs'!A2`.
    private static String quoted(String name) {
      boolean plain =
          name.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '.');
      return plain ? name : "'" + name + "'";
    }

    @Override
    public Locator to(Locator end) {
      return end instanceof Sheet(String other, Optional<CellRange> until)
              && other.equals(name)
              && cells.isPresent()
              && until.isPresent()
          ? new Sheet(name, Optional.of(cells.get().to(until.get())))
          : this;
    }
  }

  /// A cell of a notebook, counted from 1.
  record Cell(int number) implements Locator {
    public Cell {
      requirePositive("cell", number);
    }

    @Override
    public String display() {
      return "cell " + number;
    }
  }

  /// A stretch of a recording or of its subtitles, in whole seconds from its start.
  record Time(int first, int last) implements Locator {
    public Time {
      if (first < 0 || last < first) {
        throw new IllegalArgumentException(
            "seconds %s-%s: first must not be negative and last not before it"
                .formatted(first, last));
      }
    }

    @Override
    public String display() {
      return first == last ? clock(first) : clock(first) + "-" + clock(last);
    }

    private static String clock(int seconds) {
      return String.format(
          Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    @Override
    public Locator to(Locator end) {
      return end instanceof Time(int _, int to) ? new Time(first, Math.max(last, to)) : this;
    }
  }

  /// Turns of a conversation, counted from 1.
  ///
  /// @param time when they were said, if the conversation tells it
  /// @param speakers who said them, each once, at most [#SPEAKERS_MAX]
  record Turns(int first, int last, Optional<Minutes> time, List<String> speakers)
      implements Locator {
    /// Of more speakers, the first are kept.
    public static final int SPEAKERS_MAX = 8;

    public Turns {
      requirePositive("turn", first);
      if (last < first) {
        throw new IllegalArgumentException(
            "turns %s-%s: the last must not be before the first".formatted(first, last));
      }
      speakers = speakers.stream().map(WellFormed::text).distinct().limit(SPEAKERS_MAX).toList();
    }

    /// Returns the time, or the numbers where there is none.
    public String when() {
      return time.map(Minutes::display)
          .orElseGet(() -> "turn " + (first == last ? first : first + "-" + last));
    }

    @Override
    public String display() {
      return speakers.isEmpty() ? when() : when() + " " + String.join(", ", speakers);
    }

    @Override
    public Locator to(Locator end) {
      if (!(end instanceof Turns(_, int to, Optional<Minutes> until, List<String> others))) {
        return this;
      }
      var all = new LinkedHashSet<>(speakers);
      all.addAll(others);
      Optional<Minutes> both =
          time.flatMap(from -> until.map(from::to)).or(() -> time).or(() -> until);
      return new Turns(first, Math.max(last, to), both, new ArrayList<>(all));
    }
  }

  private static void requirePositive(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException("%s %s: count from 1".formatted(what, number));
    }
  }
}
