package brimful.pack.format;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Markup;

/// Writes windows in the markup that chunks are counted in.
final class XmlRenderer implements Renderer {
  private final Markup markup;

  XmlRenderer(Markup markup) {
    this.markup = markup;
  }

  @Override
  public String instructions(String text) {
    return markup.neutralBesideTags(text);
  }

  @Override
  public String begin() {
    return "<documents>\n";
  }

  @Override
  public String open(DocumentId document, String title) {
    return markup.open(document, title);
  }

  @Override
  public String segment(DocumentId path, Locator locator, String heading, String text) {
    return markup.segment(locator, heading, text);
  }

  @Override
  public String separator() {
    return "";
  }

  @Override
  public String close() {
    return Markup.close();
  }

  @Override
  public String pause() {
    return end();
  }

  @Override
  public String resume() {
    return begin();
  }

  @Override
  public String end() {
    return "</documents>\n";
  }

  @Override
  public String question(String text) {
    return text.isEmpty()
        ? ""
        : "<question>\n" + markup.neutral(text) + "\n</question>\n" + REMINDER;
  }
}
