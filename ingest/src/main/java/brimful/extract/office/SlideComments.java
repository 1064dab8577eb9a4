package brimful.extract.office;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/// The comments on a slide, in both forms that PowerPoint writes, and the names of their authors.
///
/// Handles the events of the parts with authors, and then of those with comments; not thread-safe.
final class SlideComments extends DefaultHandler {
  private record Comment(String author, StringBuilder text) {}

  private final Map<String, String> authors = new HashMap<>();
  private final List<Comment> comments = new ArrayList<>();
  private final Deque<Comment> open = new ArrayDeque<>();
  private boolean inText;

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) {
    switch (name) {
      case "author", "cmAuthor" ->
          authors.put(Xml.value(attributes, "id"), Xml.value(attributes, "name").strip());
      case "cm", "reply" -> {
        String author = authors.getOrDefault(Xml.value(attributes, "authorId"), "");
        var comment = new Comment(author, new StringBuilder());
        comments.add(comment);
        open.push(comment);
      }
      case "text", "t" -> inText = true;
      default -> {
        // Places and times.
      }
    }
  }

  @Override
  public void endElement(String uri, String name, String qName) {
    switch (name) {
      case "cm", "reply" -> open.poll();
      case "p" -> {
        if (!open.isEmpty()) {
          open.peek().text().append(' ');
        }
      }
      default -> inText = inText && !name.equals("text") && !name.equals("t");
    }
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    if (inText && !open.isEmpty()) {
      open.peek().text().append(chars, start, length);
    }
  }

  /// Takes the comments of the parts that were read since the last call: `[comment by Mia: …]`.
  List<String> take() {
    List<String> lines =
        comments.stream()
            .map(comment -> XlsxComments.shown(comment.author(), comment.text().toString()))
            .filter(line -> !line.isEmpty())
            .toList();
    comments.clear();
    open.clear();
    inText = false;
    return lines;
  }
}
