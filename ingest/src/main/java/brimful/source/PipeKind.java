package brimful.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Guesses the file extension of a nameless document from its beginning.
///
/// Formats with magic numbers, such as PDF, are recognised by those; this class is for text.
final class PipeKind {
  static final int HEAD_BYTES = 4 << 10;

  private static final SequencedMap<String, Pattern> KINDS = kinds();

  private PipeKind() {}

  private static SequencedMap<String, Pattern> kinds() {
    SequencedMap<String, String> starts = new LinkedHashMap<>();
    starts.put(
        ".diff",
        "(?:diff (?:--git|--cc|--combined|-[a-zA-Z]+|-r) |Index: \\S|--- \\S[^\\n]{0,4000}\\n\\+\\+\\+ \\S"
            + "|commit [0-9a-f]{7,64}\\b[^\\n]{0,200}\\n(?:Merge|Author): |From [0-9a-f]{40} )");
    starts.put(".html", "(?i:<!doctype html|<html\\b)");
    starts.put(".xml", "<\\?xml\\s");
    starts.put(".json", "(?:\\{\\s*+(?:\"|\\})|\\[\\s*+(?:[\\[{\"\\]]|-?\\d))");
    starts.put(".py", "#![^\\n]{0,200}\\bpython");
    starts.put(".js", "#![^\\n]{0,200}\\bnode\\b");
    starts.put(".rb", "#![^\\n]{0,200}\\bruby\\b");
    starts.put(".pl", "#![^\\n]{0,200}\\bperl\\b");
    starts.put(".sh", "#![^\\n]{0,200}sh\\b");
    starts.put(".eml", "(?:Return-Path|Received|Delivered-To|MIME-Version): ");
    starts.put(".md", "#{1,6} \\S");
    SequencedMap<String, Pattern> kinds = new LinkedHashMap<>();
    starts.forEach((ending, start) -> kinds.put(ending, Pattern.compile(start)));
    return kinds;
  }

  /// Returns the extension with its dot; empty if the text could be anything.
  static String ending(byte[] head) {
    String text = new String(head, UTF_8);
    String start = (text.startsWith("\uFEFF") ? text.substring(1) : text).stripLeading();
    return KINDS.entrySet().stream()
        .filter(kind -> kind.getValue().matcher(start).lookingAt())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }
}
