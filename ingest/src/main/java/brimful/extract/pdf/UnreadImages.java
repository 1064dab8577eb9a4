package brimful.extract.pdf;

import brimful.corpus.Counted;
import brimful.source.Rule;
import brimful.source.Rules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What pages with text show that their text does not say: scans under a few words, and figures.
///
/// Small photos are no scans: OCR of each would take longer than reading the rest of most
/// documents.
///
/// @param found what was looked at
/// @param scans pages that are to be read as a whole, all the same
/// @param legible figures that hold text, as it seems
public record UnreadImages(FoundImages found, Set<Integer> scans, Set<Figure> legible) {
  /// None.
  public static final UnreadImages NONE = new UnreadImages(FoundImages.NONE, Set.of(), Set.of());

  private static final int PAGES_NAMED_MAX = 8;

  public UnreadImages {
    scans = Set.copyOf(scans);
    legible = Set.copyOf(legible);
  }

  /// Looks at the pages with text.
  ///
  /// @param letters how much text each has
  /// @param max how many figures are wanted
  /// @param beat called for each page and image
  public static UnreadImages of(
      PdfPages document, Map<Integer, Integer> letters, int max, Rules rules, Runnable beat) {
    FoundImages all = document.images(letters.keySet(), max, beat);
    var scans = new HashSet<Integer>();
    for (Figure ground : all.grounds()) {
      beat.run();
      if (document.isUnread(ground, letters.getOrDefault(ground.page(), 0))) {
        scans.add(ground.page());
      }
    }
    FoundImages found = all.only(figure -> !scans.contains(figure.page()));
    // Models see them: nobody asks what they hold.
    boolean seen = rules.has(Rule.IMAGES) && !rules.has(Rule.PICTURES);
    var legible = new HashSet<Figure>();
    for (Figure figure : seen ? List.<Figure>of() : found.figures().stream().limit(max).toList()) {
      beat.run();
      if (document.isUnread(figure, letters.getOrDefault(figure.page(), 0))) {
        legible.add(figure);
      }
    }
    return new UnreadImages(found, scans, legible);
  }

  /// Returns the same for whoever needs only some of the figures.
  public UnreadImages wanted(Rules rules) {
    return rules.has(Rule.PICTURES)
        ? new UnreadImages(found.only(legible::contains), scans, legible)
        : this;
  }

  /// Returns how many figures OCR reads, or that it reads none.
  ///
  /// @param rules say whether it reads any
  public Optional<String> read(Rules rules) {
    return rules.has(Rule.IMAGES) || legible.isEmpty()
        ? Optional.empty()
        : Optional.of(Counted.of(legible.size(), "figure") + " by OCR");
  }

  /// Returns which figures neither OCR reads nor models see.
  public Optional<String> unread(Rules rules) {
    if (!rules.has(Rule.PICTURES)) {
      return Optional.empty();
    }
    List<Figure> lost = new ArrayList<>(found.figures());
    lost.removeIf(figure -> legible.contains(figure) ? !rules.has(Rule.IMAGES) : !figure.photo());
    Set<Integer> pages = lost.stream().map(Figure::page).collect(Collectors.toSet());
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s not read (%s)".formatted(Counted.of(lost.size(), "figure"), named(pages)));
  }

  /// Returns the pages as people write them: `p. 1, 5`.
  public static String named(Set<Integer> pages) {
    return new TreeSet<>(pages)
        .stream()
            .limit(PAGES_NAMED_MAX)
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "p. ", pages.size() > PAGES_NAMED_MAX ? ", …" : ""));
  }
}
