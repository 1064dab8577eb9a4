package brimful.pack.format;

import brimful.corpus.CellRange;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Optional;

/// Writes windows as one JSON object, one chunk a line.
///
/// The commas between chunks have lines of their own, so a chunk costs the same in every position.
final class JsonRenderer implements Renderer {
  private final Markup markup;

  JsonRenderer(Markup markup) {
    this.markup = markup;
  }

  @Override
  public String instructions(String text) {
    return "{\"instructions\":" + markup.neutralBesideTags(quoted(text)) + ",\n";
  }

  @Override
  public String begin() {
    return "\"documents\":[\n";
  }

  @Override
  public String open(DocumentId document, String title) {
    String titled = title.isEmpty() ? "" : ",\"title\":" + neutral(title);
    return "{\"path\":" + neutral(document.value()) + titled + ",\"chunks\":[\n";
  }

  @Override
  public String segment(DocumentId path, Locator locator, String heading, String text) {
    String in = heading.isEmpty() ? "" : ",\"heading\":" + neutral(heading);
    return "{" + place(locator) + in + ",\"text\":" + neutral(text) + "}\n";
  }

  @Override
  public String separator() {
    return ",\n";
  }

  @Override
  public String close() {
    return "]}\n";
  }

  @Override
  public String end() {
    return "]\n";
  }

  @Override
  public String question(String text) {
    return text.isEmpty() ? "}\n" : ",\"question\":" + neutral(text + "\n" + REMINDER) + "}\n";
  }

  private String place(Locator locator) {
    return switch (locator) {
      case Locator.Lines lines -> "\"lines\":" + quoted(lines.display());
      case Locator.Page(int number) -> "\"page\":" + number;
      case Locator.Figure(int page, int number) -> "\"page\":" + page + ",\"figure\":" + number;
      case Locator.Slide(int number) -> "\"slide\":" + number;
      case Locator.Sheet(String name, Optional<CellRange> cells) ->
          "\"sheet\":"
              + neutral(name)
              + cells.map(range -> ",\"cells\":" + quoted(range.display())).orElse("");
      case Locator.Cell(int number) -> "\"cell\":" + number;
      case Locator.Time time -> "\"time\":" + quoted(time.display());
      case Locator.Turns turns ->
          turns.time().isPresent()
              ? "\"time\":" + quoted(turns.when())
              : "\"turns\":" + quoted(turns.when().substring("turn ".length()));
    };
  }

  /// Neutralises the quoted text, because that is what the model reads: quoting can neither hide
  /// nor create a special string.
  private String neutral(String text) {
    return markup.neutral(quoted(text));
  }

  private static String quoted(String text) {
    var json = new StringBuilder(text.length() + text.length() / 8 + 2).append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, json);
    return json.append('"').toString();
  }
}
