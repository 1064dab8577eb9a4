package brimful.extract.text;

import brimful.corpus.Locator;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a Jupyter notebook (nbformat 3 and 4) as its cells.
///
/// A cell is a part, numbered from 1 in the order of the file, blank ones too. Code is fenced with
/// the name of its language, so that reader and chunker know it, and its output follows. A cell is
/// under the headings of the Markdown before it.
final class Notebook {
  /// Reads pictures of any size.
  static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxStringLength(Integer.MAX_VALUE)
                      .maxNestingDepth(200)
                      .build())
              .build());

  private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(.*\\S)\\s*");
  private static final String FENCE = "```";
  private static final int LEVELS = 6;

  private final String language;
  private final List<ReadablePart> parts = new ArrayList<>();
  private final String[] headings = new String[LEVELS];
  private int number;

  private Notebook(String language) {
    this.language = language;
    Arrays.fill(headings, "");
  }

  /// Returns the cells that have text; none if the text is no notebook.
  static List<ReadablePart> parts(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return List.of();
    }
    var notebook = new Notebook(language(root.path("metadata")));
    root.path("cells").forEach(notebook::cell);
    root.path("worksheets").forEach(sheet -> sheet.path("cells").forEach(notebook::cell));
    return notebook.parts;
  }

  private static String language(JsonNode metadata) {
    for (JsonNode named :
        List.of(
            metadata.path("language_info").path("name"),
            metadata.path("kernelspec").path("language"),
            metadata.path("language"))) {
      if (named.asText().matches("[\\w+#.-]{1,40}")) {
        return named.asText().toLowerCase(Locale.ROOT);
      }
    }
    return "python";
  }

  private void cell(JsonNode cell) {
    number++;
    String type = cell.path("cell_type").asText();
    String source = joined(cell.path(cell.has("input") ? "input" : "source")).stripTrailing();
    switch (type) {
      case "code" -> add(code(source, CellOutput.text(cell.path("outputs"))), path(LEVELS));
      case "heading" ->
          prose("#".repeat(Math.clamp(cell.path("level").asInt(1), 1, LEVELS)) + " " + source);
      case "markdown" -> prose(source);
      default -> add(source, path(LEVELS));
    }
  }

  private String code(String source, String output) {
    var text = new StringBuilder();
    if (!source.isBlank()) {
      String fence = source.contains(FENCE) ? FENCE + "`" : FENCE;
      text.append(fence).append(language).append('\n').append(source).append('\n').append(fence);
    }
    if (!output.isBlank()) {
      text.append(text.isEmpty() ? "" : "\n").append("Output:\n").append(output);
    }
    return text.toString();
  }

  private void prose(String source) {
    String[] lines = source.split("\n", -1);
    Matcher first = HEADING.matcher(lines[0]);
    add(source, path(first.matches() ? first.group(1).length() - 1 : LEVELS));
    boolean fenced = false;
    for (String line : lines) {
      fenced ^= line.startsWith(FENCE);
      Matcher heading = HEADING.matcher(line);
      if (!fenced && heading.matches()) {
        int level = heading.group(1).length();
        headings[level - 1] = heading.group(2);
        for (int deeper = level; deeper < LEVELS; deeper++) {
          headings[deeper] = "";
        }
      }
    }
  }

  /// Returns the headings of the first levels, as a path.
  private String path(int levels) {
    var path = new ArrayList<String>();
    for (int i = 0; i < levels; i++) {
      if (!headings[i].isEmpty()) {
        path.add(headings[i]);
      }
    }
    return String.join(" > ", path);
  }

  private void add(String text, String heading) {
    if (!text.isBlank()) {
      parts.add(
          new ReadablePart(
              new Locator.Cell(number), EmbeddedData.shortened(text), heading, List.of()));
    }
  }

  /// Returns a text that may be written as a list of its lines; none where it is null.
  static String joined(JsonNode text) {
    if (!text.isArray()) {
      return text.asText("");
    }
    var all = new StringBuilder();
    text.forEach(line -> all.append(line.asText("")));
    return all.toString();
  }
}
