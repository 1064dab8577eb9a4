package brimful.corpus;

/// A position within a document, which citations refer to.
public sealed interface Locator {

  /// Returns how people write it after the document's name: `12-40`, `p. 7`, `slide 3`, `sheet
  /// Costs`.
  String display();

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
  record Sheet(String name) implements Locator {
    public Sheet {
      name = WellFormed.text(name);
      if (name.isBlank()) {
        throw new IllegalArgumentException("a sheet has a name: give its number if it has none");
      }
    }

    @Override
    public String display() {
      return "sheet " + name;
    }
  }

  private static void requirePositive(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException("%s %s: count from 1".formatted(what, number));
    }
  }
}
