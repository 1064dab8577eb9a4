package brimful.extract.office;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/// The texts of a chart or a diagram: paragraphs, and what a chart has cached of its data, a line
/// for each series.
///
/// Handles the events of one part; not thread-safe.
final class DrawingText extends DefaultHandler {
  private static final Set<String> LINES = Set.of("p", "pt", "tx", "cat", "val", "xVal", "yVal");
  private static final Set<String> VALUES = Set.of("val", "yVal");
  private static final Set<String> CACHES = Set.of("strCache", "numCache", "multiLvlStrCache");

  private final List<String> texts = new ArrayList<>();
  private final List<String> points = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private boolean inText;
  private boolean cached;

  /// Whether it is in the name of a series, which may be said there itself.
  private boolean inName;

  /// The series of a chart repeat its categories; what a diagram repeats, it means.
  private boolean chart;

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) {
    chart |= name.equals("chartSpace");
    cached = CACHES.contains(name) || cached;
    inName |= name.equals("tx");
    inText = name.equals("t") || (name.equals("v") && (cached || inName));
  }

  @Override
  public void endElement(String uri, String name, String qName) {
    inText = false;
    inName &= !name.equals("tx");
    if (!LINES.contains(name)) {
      cached = cached && !CACHES.contains(name);
      return;
    }
    add(points, text.toString().replaceAll("\\s+", " ").strip());
    text.setLength(0);
    if (!cached) {
      String line = String.join(", ", points);
      points.clear();
      if (!chart || VALUES.contains(name) || !texts.contains(line)) {
        add(texts, line);
      }
    }
  }

  private static void add(List<String> to, String text) {
    if (!text.isEmpty()) {
      to.add(text);
    }
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    if (inText) {
      text.append(chars, start, length);
    }
  }

  /// Returns the texts in one line.
  String line() {
    return String.join(" | ", texts);
  }
}
