package brimful.pack;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import com.fasterxml.jackson.core.io.JsonStringEncoder;

/// Writes windows as one JSON object, one chunk a line.
///
/// The commas between chunks stand on lines of their own: so a chunk costs the same wherever it
/// stands.
final class JsonRenderer implements Renderer {

  @Override
  public String instructions(String text) {
    return "{\"instructions\":" + quoted(text) + ",\n";
  }

  @Override
  public String begin() {
    return "\"documents\":[\n";
  }

  @Override
  public String open(DocumentId document, String title) {
    String titled = title.isEmpty() ? "" : ",\"title\":" + quoted(Markup.neutral(title));
    return "{\"path\":" + quoted(Markup.neutral(document.value())) + titled + ",\"chunks\":[\n";
  }

  @Override
  public String segment(DocumentId path, Locator locator, String heading, String text) {
    String in = heading.isEmpty() ? "" : ",\"heading\":" + quoted(Markup.neutral(heading));
    return "{" + place(locator) + in + ",\"text\":" + quoted(Markup.neutral(text)) + "}\n";
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
    return text.isEmpty()
        ? "}\n"
        : ",\"question\":" + quoted(Markup.neutral(text) + "\n" + Prompt.REMINDER) + "}\n";
  }

  private static String place(Locator locator) {
    return switch (locator) {
      case Locator.Lines lines -> "\"lines\":" + quoted(lines.display());
      case Locator.Page(int number) -> "\"page\":" + number;
      case Locator.Slide(int number) -> "\"slide\":" + number;
      case Locator.Sheet(String name) -> "\"sheet\":" + quoted(Markup.neutral(name));
    };
  }

  private static String quoted(String text) {
    var json = new StringBuilder(text.length() + text.length() / 8 + 2).append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, json);
    return json.append('"').toString();
  }
}
