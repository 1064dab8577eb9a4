package brimful.rank;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The three primary statements of a financial report, with the names and the items by which people
/// ask for them.
///
/// "What were its capital expenditures?" is answered by the statement of cash flows, which says
/// "purchases of property" instead, in a table of figures that words do not find. Its title does.
enum FinancialStatement {
  INCOME(
      "income statements?|statements? of (?:income|operations|earnings)|profit (?:and|or) loss|p&l",
      "revenues?|sales|costs? of (?:goods|sales|revenue)|cogs|margins?|profits?|expenses?|sg&a|earnings|eps"
          + "|(?:net|operating) income|ebitda?|tax rate",
      "incomestatement|statements?of(?:consolidated)?(?:net)?(?:income|operations|earnings)|profit(?:and|or)loss"),
  BALANCE(
      "balance sheets?|statements? of financial (?:position|condition)",
      "assets?|liabilit(?:y|ies)|equity|debts?|working capital|(?:current|quick) ratio|cash equivalents|inventor(?:y|ies)"
          + "|receivables?|payables?|property, plant|pp&?n?e",
      "balancesheet|statements?offinancial(?:position|condition)"),
  CASH_FLOW(
      "cash ?flows? statements?|statements? of cash ?flows?",
      "cash ?flows?|(?:operating|investing|financing)(?:,| and| activities)|capital expenditures?|capex|dividends?"
          + "|depreciation",
      "cashflows?statement|statements?of(?:consolidated)?cashflow");

  /// How much of a page may belong to its title: what stands at the top of every page, the title,
  /// and what the figures are.
  private static final int TITLE_LINES = 6;

  private static final int TITLE_CHARS_MAX = 300;

  private static final Pattern NO_LETTERS = Pattern.compile("[^a-z]++");

  private final Pattern names;
  private final Pattern items;
  private final Pattern titles;

  /// @param names of the statement, as alternatives of a pattern
  /// @param items that it lists, or that are computed from those
  /// @param titles as on a page, without spaces: extraction may tear words apart, or join them
  FinancialStatement(String names, String items, String titles) {
    this.names = words(names);
    this.items = words(items);
    this.titles = Pattern.compile(titles);
  }

  private static Pattern words(String alternatives) {
    return Pattern.compile("(?<!\\w)(?:" + alternatives + ")(?!\\w)", Pattern.CASE_INSENSITIVE);
  }

  /// Returns the statements that a question names; if it names none, those whose items it names.
  static Set<FinancialStatement> askedFor(String question) {
    Set<FinancialStatement> named = EnumSet.noneOf(FinancialStatement.class);
    Set<FinancialStatement> listing = EnumSet.noneOf(FinancialStatement.class);
    for (FinancialStatement statement : values()) {
      if (statement.names.matcher(question).find()) {
        named.add(statement);
      }
      if (statement.items.matcher(question).find()) {
        listing.add(statement);
      }
    }
    return named.isEmpty() ? listing : named;
  }

  /// Returns whether a page begins with this statement's title.
  boolean opens(String page) {
    String top =
        page.lines()
            .filter(line -> !line.isBlank())
            .limit(TITLE_LINES)
            .collect(Collectors.joining());
    String title = top.substring(0, Math.min(TITLE_CHARS_MAX, top.length()));
    String letters = NO_LETTERS.matcher(title.toLowerCase(Locale.ROOT)).replaceAll("");
    return titles.matcher(letters).find();
  }
}
