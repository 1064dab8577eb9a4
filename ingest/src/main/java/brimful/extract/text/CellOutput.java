package brimful.extract.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The output of a cell of a notebook as text: what was printed, values, errors, and a placeholder
/// for each picture.
///
/// Of the forms in which a value is given, plain text is shown, which is the shortest; HTML is
/// where plain text only names an object.
final class CellOutput {
  private static final Pattern TERMINAL = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

  /// What a progress bar wrote before it wrote over it.
  private static final Pattern OVERWRITTEN = Pattern.compile("(?md)^[^\\n]*\\r(?=[^\\r\\n])");

  private static final Pattern OBJECT = Pattern.compile("\\s*<[^<>\\n]*>\\s*");
  private static final Pattern HIDDEN =
      Pattern.compile("(?is)<(script|style)\\b.*?(?:</\\1\\s*>|\\z)|<!--.*?(?:-->|\\z)");
  private static final Pattern CELL_END = Pattern.compile("(?i)</t[dh]>\\s*(?=<t[dh])");
  private static final Pattern BREAK = Pattern.compile("(?i)<br\\b[^>]*>|</(?:tr|p|div|li|h\\d)>");
  private static final Pattern TAG = Pattern.compile("<[/!a-zA-Z][^<>]*>");

  /// How the third version of the format called its media types.
  private static final Map<String, String> OLD_TYPES =
      Map.of(
          "text", "text/plain",
          "html", "text/html",
          "latex", "text/latex",
          "png", "image/png",
          "jpeg", "image/jpeg",
          "svg", "image/svg+xml",
          "pdf", "application/pdf");

  private CellOutput() {}

  static String text(JsonNode outputs) {
    List<String> texts = new ArrayList<>();
    for (JsonNode output : outputs) {
      String text =
          switch (output.path("output_type").asText()) {
            case "stream" -> Notebook.joined(output.path("text"));
            case "error", "pyerr" -> error(output);
            default -> value(output.has("data") ? output.path("data") : output);
          };
      String clean = clean(text);
      if (!clean.isBlank()) {
        texts.add(clean);
      }
    }
    return String.join("\n", texts);
  }

  private static String error(JsonNode output) {
    List<String> lines = new ArrayList<>();
    output.path("traceback").forEach(line -> lines.add(line.asText()));
    return lines.isEmpty()
        ? output.path("ename").asText() + ": " + output.path("evalue").asText()
        : String.join("\n", lines);
  }

  private static String value(JsonNode data) {
    List<String> texts = new ArrayList<>();
    String plain = "";
    String html = "";
    String other = "";
    for (var form : data.properties()) {
      String type = OLD_TYPES.getOrDefault(form.getKey(), form.getKey());
      switch (type) {
        case "text/plain" -> plain = Notebook.joined(form.getValue());
        case "text/html" -> html = withoutTags(Notebook.joined(form.getValue()));
        case "text/markdown", "text/latex" -> other = Notebook.joined(form.getValue());
        default -> {
          if (type.startsWith("image/") || type.equals("application/pdf")) {
            texts.add(picture(type, Notebook.joined(form.getValue())));
          }
        }
      }
    }
    boolean names = plain.isBlank() || OBJECT.matcher(plain).matches();
    String rich = other.isBlank() ? html : other;
    if (!names) {
      texts.addFirst(plain);
    } else if (!rich.isBlank()) {
      texts.addFirst(rich);
    } else if (texts.isEmpty()) {
      texts.add(plain);
    }
    return String.join("\n", texts);
  }

  private static String picture(String type, String data) {
    boolean text = type.endsWith("xml");
    return EmbeddedData.placeholder(
        type, text ? data.length() : EmbeddedData.decoded(data.strip().length()));
  }

  private static String withoutTags(String html) {
    String cells = CELL_END.matcher(HIDDEN.matcher(html).replaceAll("")).replaceAll(" | ");
    String text = TAG.matcher(BREAK.matcher(cells).replaceAll("\n")).replaceAll("");
    return text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replaceAll("(?<![ \\t])[ \\t]*+\\n\\s*+", "\n")
        .strip();
  }

  private static String clean(String text) {
    String printed = TERMINAL.matcher(text).replaceAll("").replace("\r\n", "\n");
    return OVERWRITTEN
        .matcher(printed)
        .replaceAll("")
        .replaceAll("[\\x00-\\x08\\x0b-\\x1f\\x7f]", "")
        .stripTrailing();
  }
}
