package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.extract.ocr.DrawnImage;
import brimful.extract.ocr.GrayImage;
import brimful.extract.ocr.Ocr;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Puts text in the place of pictures, and mends the outcomes of documents whose pictures could not
/// be read. For one file and one thread.
final class PictureSink implements TextSink {
  /// What is said of pages and figures that need OCR.
  private static final Pattern UNREAD =
      Pattern.compile("without text layer|a scan under a few words|figures? not read");

  private static final String INSTALL = "; install tesseract-ocr";

  private final TextSink sink;
  private final Ocr ocr;
  private final Map<DocumentId, Read> reads = new HashMap<>();

  /// The document whose text came last: others may have text too, and no pictures.
  private Optional<DocumentId> last = Optional.empty();

  /// What became of a document's pictures.
  private static final class Read {
    private int pictures;
    private int failed;
    private int blank;

    /// Those that keep the page's own text.
    private int layers;

    /// Those without text that models see.
    private int seen;

    private boolean text;
    private String unit = "";
    private String before = "";
    private String cause = "";
  }

  PictureSink(TextSink sink, Ocr ocr) {
    this.sink = sink;
    this.ocr = ocr;
  }

  @Override
  public void text(DocumentId id, List<Section> sections) throws IOException {
    last = Optional.of(id);
    Read read = reads.get(id);
    if (read != null) {
      read.text = true;
    }
    sink.text(id, sections);
  }

  @Override
  public void image(DocumentId id, Locator locator, DrawnImage drawn) throws IOException {
    if (locator instanceof Locator.Figure) {
      figure(id, locator, drawn);
      return;
    }
    Read read = reads.computeIfAbsent(id, _ -> new Read());
    read.text |= last.filter(id::equals).isPresent();
    read.pictures++;
    boolean frame = locator instanceof Locator.Time;
    read.unit = unit(locator);
    boolean kept = !drawn.picture().isNone();
    String text = ocr.isOn() || !kept ? read(drawn, read) : "";
    // A frame may look another way and say the same: a face moves beside a slide.
    boolean again = frame && !text.isBlank() && text.equals(read.before);
    read.before = text;
    read.seen += kept && text.isBlank() ? 1 : 0;
    if (!again && (kept || !text.isBlank() || !drawn.caption().isBlank())) {
      text(id, List.of(section(locator, text.strip(), drawn)));
    }
  }

  /// Gives a figure, whose page has been read; the caption says what it shows.
  private void figure(DocumentId id, Locator locator, DrawnImage drawn) throws IOException {
    String text = "";
    if (ocr.isOn() && drawn.gray().isPresent()) {
      Read read = reads.computeIfAbsent(id, _ -> new Read());
      read.text = true;
      read.unit = read.pictures == 0 ? "figures" : read.unit;
      read.pictures++;
      text = read(drawn, read);
    }
    if (!drawn.picture().isNone() || !text.isBlank()) {
      text(id, List.of(section(locator, text.strip(), drawn)));
    }
  }

  private static String unit(Locator locator) {
    return switch (locator) {
      case Locator.Time _ -> "frames";
      case Locator.Lines _ -> "images";
      default -> "scanned pages";
    };
  }

  private String read(DrawnImage drawn, Read read) {
    try {
      GrayImage gray = drawn.gray().orElseThrow(() -> new IOException("not drawable"));
      String text = PlainText.normal(ocr.text(gray));
      if (!text.isBlank() || drawn.layer().isBlank()) {
        read.blank += text.isBlank() ? 1 : 0;
        return text;
      }
    } catch (IOException e) {
      if (drawn.layer().isBlank()) {
        return unread(drawn, read, e);
      }
    }
    read.layers++;
    return drawn.layer();
  }

  private static String unread(DrawnImage drawn, Read read, IOException e) {
    // What a model sees need not be read.
    read.failed += drawn.picture().isNone() ? 1 : 0;
    read.cause = "OCR: " + e.getMessage();
    return "";
  }

  private static Section section(Locator locator, String read, DrawnImage drawn) {
    String text = (drawn.caption().strip() + "\n" + more(read, drawn.caption())).strip();
    if (text.isEmpty()) {
      text = "(picture, " + drawn.picture().size().display() + ")";
    }
    return new Section(
        locator instanceof Locator.Lines
            ? new Locator.Lines(1, Math.max(1, PlainText.lines(text)))
            : locator,
        text,
        "",
        List.of(),
        drawn.picture());
  }

  /// Returns what was read without the lines that the page's own text says too.
  private static String more(String read, String own) {
    String dense = own.replaceAll("\\s+", "");
    return own.isBlank()
        ? read
        : read.lines()
            .filter(line -> line.isBlank() || !dense.contains(line.replaceAll("\\s+", "")))
            .collect(Collectors.joining("\n"));
  }

  @Override
  public void member(Item.Member member) throws IOException {
    sink.member(new Item.Member(member.id(), outcome(member.id(), member.outcome())));
  }

  /// Returns how the file ended, in view of its pictures.
  Ending ended(DocumentId id, Ending ending) {
    Outcome outcome = outcome(id, ending.outcome());
    return outcome.equals(ending.outcome()) ? ending : Ending.of(outcome);
  }

  /// Adds what to install, where OCR would read more.
  private static Outcome advised(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Truncated(long kept, long of, String unit, String detail)
          when UNREAD.matcher(detail).find() ->
          new Outcome.Truncated(kept, of, unit, detail + INSTALL);
      case Outcome.Indexed(String detail) when UNREAD.matcher(detail).find() ->
          new Outcome.Indexed(detail + INSTALL);
      case Outcome.Skipped(String cause) when cause.startsWith("no text layer") ->
          new Outcome.Skipped(cause + INSTALL);
      default -> outcome;
    };
  }

  /// Returns how an image ended that gave nothing, and may hold more than was read.
  private static Outcome withoutText(Outcome.Truncated part, Read read) {
    if (read.failed > 0) {
      return new Outcome.Failed(read.cause);
    }
    return part.of() > 1
        ? new Outcome.Skipped(
            "no text found by OCR in the first of %s %s".formatted(part.of(), part.unit()))
        : new Outcome.Failed(part.detail().replace(Outcome.Truncated.THEN, ""));
  }

  private Outcome outcome(DocumentId id, Outcome outcome) {
    Read read = reads.remove(id);
    if (read == null) {
      return ocr.isMissing() ? advised(outcome) : outcome;
    }
    if (outcome instanceof Outcome.Truncated(long kept, long of, String unit, String detail)
        && read.failed > 0) {
      return new Outcome.Truncated(
          kept, of, unit, "%s; %s %s: %s".formatted(detail, read.failed, read.unit, read.cause));
    }
    if (outcome instanceof Outcome.Truncated part && !read.text && read.unit.equals("images")) {
      return withoutText(part, read);
    }
    if (!(outcome instanceof Outcome.Indexed)) {
      return outcome;
    }
    if (read.failed > 0) {
      return read.text
          ? new Outcome.Truncated(read.pictures - read.failed, read.pictures, read.unit, read.cause)
          : new Outcome.Failed(read.cause);
    }
    if (!read.text) {
      return new Outcome.Skipped("no text found by OCR");
    }
    if (read.seen == read.pictures && outcome.equals(new Outcome.Indexed("by OCR"))) {
      return new Outcome.Indexed("as picture");
    }
    var notes = new ArrayList<String>();
    if (read.layers > 0) {
      notes.add("%s with its text layer".formatted(read.layers));
    }
    if (read.blank > 0) {
      notes.add("%s without text".formatted(read.blank));
    }
    return !notes.isEmpty() && outcome instanceof Outcome.Indexed(String detail)
        ? new Outcome.Indexed("%s (%s)".formatted(detail, String.join(", ", notes)).strip())
        : outcome;
  }
}
