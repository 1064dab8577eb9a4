package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.extract.format.TextWriter;
import brimful.extract.limit.Limit;
import brimful.extract.ocr.DrawnImage;
import brimful.extract.pdf.FoundImages;
import brimful.extract.pdf.PageFigures;
import brimful.extract.pdf.PageLines;
import brimful.extract.pdf.PdfPages;
import brimful.extract.pdf.RunningLines;
import brimful.extract.pdf.TruncatedPdf;
import brimful.extract.pdf.UnreadImages;
import brimful.source.Rule;
import brimful.source.Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.tika.io.TikaInputStream;

/// What a second look at a PDF found: pages without a text layer, turned text, a false bold, a file
/// that ends early. Most PDFs need none.
///
/// @param sections the text, mended
/// @param scans the pages to be read by OCR, in order
/// @param outcome how the file ended, if not as its pages say
/// @param images what pages with text show that is read or kept
/// @param figuresMax how many figures are read or kept
record PdfCheck(
    List<Section> sections,
    List<Integer> scans,
    Optional<Outcome> outcome,
    UnreadImages images,
    int figuresMax) {
  private static final String CUT = "the file ends early";

  PdfCheck {
    sections = List.copyOf(sections);
    scans = List.copyOf(scans);
  }

  /// Returns what needs no second look.
  PdfCheck(List<Section> sections, Optional<Outcome> outcome) {
    this(sections, List.of(), outcome, UnreadImages.NONE, 0);
  }

  /// @param sections what the first reading gave; one for each page with text
  /// @param pages how many pages the first reading saw
  /// @param failure why the first reading gave up, if it did
  /// @param figuresMax how many figures of pages with text are wanted
  static PdfCheck of(
      Path file,
      List<Section> sections,
      int pages,
      Optional<String> failure,
      Rules rules,
      Allowance allowance,
      int figuresMax)
      throws IOException {
    Set<Integer> withText = withText(sections);
    if (TruncatedPdf.isCut(file)) {
      return cut(file, sections, withText.size(), pages, CUT, allowance);
    }
    if (failure.isPresent()) {
      // Its list of pages may be damaged, and the pages not.
      return sections.isEmpty()
          ? cut(file, sections, 0, pages, failure.get(), allowance)
          : new PdfCheck(sections, Optional.empty());
    }
    if (!rules.has(Rule.IMAGES) && !rules.has(Rule.TEXT_LAYER)) {
      List<Integer> all = IntStream.rangeClosed(1, pages).boxed().toList();
      return new PdfCheck(sections, all, read(all.size(), pages, rules), UnreadImages.NONE, 0);
    }
    List<Integer> silent =
        IntStream.rangeClosed(1, pages).filter(page -> !withText.contains(page)).boxed().toList();
    boolean odd = sections.stream().anyMatch(section -> isOdd(section.text()));
    try (var again = new PdfPages(file)) {
      List<Integer> scans = new ArrayList<>();
      for (int page : silent) {
        allowance.advance(1);
        if (again.isDrawn(page)) {
          scans.add(page);
        }
      }
      List<Section> text = odd ? mended(sections, again, allowance) : sections;
      UnreadImages images =
          UnreadImages.of(again, letters(sections), figuresMax, rules, () -> allowance.advance(1));
      if (!rules.readsPictures()) {
        return new PdfCheck(text, unread(images, withText, scans.size(), pages, rules));
      }
      scans.addAll(images.scans());
      scans.sort(null);
      Optional<Outcome> outcome =
          scans.isEmpty() ? Optional.empty() : read(scans.size(), pages, rules);
      return new PdfCheck(
          text, scans, noted(outcome, images, rules), images.wanted(rules), figuresMax);
    }
  }

  private static Map<Integer, Integer> letters(List<Section> sections) {
    var letters = new HashMap<Integer, Integer>();
    for (Section section : sections) {
      if (section.locator() instanceof Locator.Page(int number)) {
        letters.merge(number, section.text().length(), Integer::sum);
      }
    }
    return letters;
  }

  private static Set<Integer> withText(List<Section> sections) {
    var pages = new HashSet<Integer>();
    for (Section section : sections) {
      if (section.locator() instanceof Locator.Page(int number)) {
        pages.add(number);
      }
    }
    return pages;
  }

  private static Optional<Outcome> unread(
      UnreadImages images, Set<Integer> withText, int scanned, int pages, Rules rules) {
    var notes = new ArrayList<String>();
    if (scanned > 0) {
      notes.add(scanned + " without text layer");
    }
    if (!images.scans().isEmpty()) {
      notes.add(
          "%s a scan under a few words: %s"
              .formatted(images.scans().size(), UnreadImages.named(images.scans())));
    }
    if (withText.isEmpty() || notes.isEmpty()) {
      return noted(Optional.empty(), images, rules);
    }
    images.unread(rules).ifPresent(notes::add);
    int kept = pages - scanned - images.scans().size();
    return Optional.of(
        new Outcome.Truncated(Math.max(0, kept), pages, "pages", String.join(", ", notes)));
  }

  private static Optional<Outcome> read(int scans, int pages, Rules rules) {
    String how = rules.has(Rule.IMAGES) ? "as pictures" : "by OCR";
    return Optional.of(new Outcome.Indexed("%s of %s pages %s".formatted(scans, pages, how)));
  }

  /// Adds what became of the figures.
  private static Optional<Outcome> noted(
      Optional<Outcome> outcome, UnreadImages images, Rules rules) {
    List<String> notes =
        Stream.of(outcome.map(Outcome::cause), images.read(rules), images.unread(rules))
            .flatMap(Optional::stream)
            .toList();
    return notes.isEmpty()
        ? Optional.empty()
        : Optional.of(new Outcome.Indexed(String.join(", ", notes)));
  }

  /// Hands on texts and pictures, in the order of the pages. The text of a page that is read by OCR
  /// all the same goes with its picture; figures follow the text of their page.
  ///
  /// @param in a file, if there is more than text
  /// @return how the file ended, if not as its pages say
  Optional<Outcome> give(
      DocumentId id, TikaInputStream in, Rules rules, Allowance allowance, TextSink sink)
      throws IOException {
    FoundImages found = images.found();
    if (scans.isEmpty() && found.figures().isEmpty() && found.unsearched() == 0) {
      sink.runs(id, sections);
      return outcome;
    }
    try (var pages = new PdfPages(in.getPath())) {
      boolean kept = !rules.has(Rule.PICTURES);
      var figures = PageFigures.of(pages, found, images.legible(), figuresMax, kept);
      int given = 0;
      for (int page : Stream.concat(scans.stream(), figures.pages()).sorted().distinct().toList()) {
        int next = given;
        while (next < sections.size() && isBefore(sections.get(next), page)) {
          next++;
        }
        sink.runs(id, sections.subList(given, next));
        given = next;
        while (next < sections.size() && isBefore(sections.get(next), page + 1)) {
          next++;
        }
        List<Section> own = sections.subList(given, next);
        if (scans.contains(page)) {
          String layer = own.stream().map(Section::text).collect(Collectors.joining());
          DrawnImage drawn = drawn(pages, page, rules);
          if (drawn.isNothing() && pages.losses().containsKey(page)) {
            sink.runs(id, own);
          } else {
            boolean beside = images.scans().contains(page);
            sink.image(
                id, new Locator.Page(page), beside ? drawn.beside(layer) : drawn.over(layer));
          }
        } else {
          sink.runs(id, own);
          for (PageFigures.Shown figure : figures.on(page)) {
            sink.image(id, figure.locator(), figure.drawn());
          }
        }
        given = next;
      }
      sink.runs(id, sections.subList(given, sections.size()));
      return lost(pages).or(() -> figures.leftOut(Limit.FIGURES.met(figuresMax))).or(() -> outcome);
    }
  }

  /// Returns which pages have images that cannot be decoded.
  private Optional<Outcome> lost(PdfPages pages) {
    Map<String, Set<Integer>> lost = new TreeMap<>();
    pages
        .losses()
        .forEach((page, why) -> lost.computeIfAbsent(why, _ -> new HashSet<>()).add(page));
    String cause =
        lost.entrySet().stream()
            .map(entry -> UnreadImages.named(entry.getValue()) + ": " + entry.getKey())
            .collect(Collectors.joining("; "));
    int whole = pages.count() - pages.losses().size();
    if (lost.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        whole <= 0 && sections.isEmpty()
            ? new Outcome.Failed(cause)
            : new Outcome.Truncated(Math.max(0, whole), pages.count(), "pages", cause));
  }

  private static boolean isBefore(Section section, int page) {
    return !(section.locator() instanceof Locator.Page(int number)) || number < page;
  }

  private static DrawnImage drawn(PdfPages pages, int page, Rules rules) {
    try {
      return pages.drawn(page, rules);
    } catch (IOException | RuntimeException e) {
      return DrawnImage.NOTHING;
    }
  }

  /// Returns the same with heads and feet that most pages repeat shown once.
  PdfCheck withoutRepeats() {
    List<RunningLines.Page> pages = new ArrayList<>();
    for (Section section : sections) {
      if (section.locator() instanceof Locator.Page(int number)) {
        pages.add(new RunningLines.Page(number, section.text()));
      } else {
        return this;
      }
    }
    List<String> texts = RunningLines.once(pages);
    List<Section> once = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      once.add(new Section(sections.get(i).locator(), texts.get(i)));
    }
    return new PdfCheck(once, scans, outcome, images, figuresMax);
  }

  private static boolean isOdd(String page) {
    return PageLines.isTorn(page) || PageLines.isDoubled(page);
  }

  private static List<Section> mended(List<Section> sections, PdfPages again, Allowance allowance)
      throws IOException {
    List<Section> mended = new ArrayList<>();
    for (Section section : sections) {
      if (section.locator() instanceof Locator.Page(int number) && isOdd(section.text())) {
        allowance.advance(1);
        mended.add(page(section.locator(), mended(section.text(), number, again)));
      } else {
        mended.add(section);
      }
    }
    return mended;
  }

  private static String mended(String text, int number, PdfPages again) throws IOException {
    String once = PageLines.isDoubled(text) ? PageLines.once(text, again.once(number)) : text;
    return PageLines.isTorn(once)
        ? again.turned(number).map(turned -> PageLines.joined(turned, once)).orElse(once)
        : once;
  }

  private static Section page(Locator locator, String text) {
    var writer = new TextWriter(false, true);
    writer.write(PlainText.normal(text));
    return new Section(locator, writer.text());
  }

  /// Takes what is left of a file that ends early or is damaged, if that is more than the first
  /// reading gave.
  private static PdfCheck cut(
      Path file, List<Section> sections, int withText, int pages, String cause, Allowance allowance)
      throws IOException {
    TruncatedPdf left = TruncatedPdf.read(file, () -> allowance.advance(1));
    List<Section> found = new ArrayList<>();
    for (int i = 0; i < left.pages().size(); i++) {
      Section page = page(new Locator.Page(i + 1), left.pages().get(i));
      if (!page.text().isBlank()) {
        found.add(page);
      }
    }
    List<Section> best = found.size() > withText ? found : sections;
    int kept = Math.max(found.size(), withText);
    int of = Math.max(Math.max(pages, left.of()), kept);
    // One page at least is gone, whatever is left to say so.
    Outcome outcome =
        of > kept
            ? new Outcome.Truncated(kept, of, "pages", cause)
            : Outcome.Truncated.brokenOff(kept, "pages", cause);
    return new PdfCheck(best, Optional.of(kept == 0 ? new Outcome.Failed(cause) : outcome));
  }
}
