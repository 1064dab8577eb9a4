package brimful.source.own;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.regex.Pattern;

/// Recognises Brimful's own files by their first bytes: windows, receipts, answers, tables.
///
/// So a window is not packed again after it was moved, written by a shell's `>`, or made with
/// another `$BRIMFUL_HOME`.
public final class OwnMark {
  /// How much of a file's start is needed.
  public static final int HEAD_BYTES = 4 << 10;

  private static final String INSTRUCTIONS = "You answer questions about the documents below.";
  private static final String RULE = "- Use only these documents. If they do not answer";

  private static final List<String> STARTS =
      List.of(
          INSTRUCTIONS + "\n" + RULE,
          "{\"instructions\":\"" + INSTRUCTIONS + "\\n" + RULE,
          "\uFEFFunit,question,answer,confidence,citations,unverified,state,cause,tokens_in,");

  private static final String TEXT = "\"(?:[^\"\\\\\\n]|\\\\.){0,2000}+\"";
  private static final List<Pattern> SHAPES =
      List.of(
          Pattern.compile(
              "\\{\\s*+\"model\"\\s*+:\\s*+"
                  + TEXT
                  + ",\\s*+\"tokenizer\"\\s*+:\\s*+"
                  + TEXT
                  + ",\\s*+\"exact\"\\s*+:\\s*+\\w++,\\s*+\"estimated\"\\s*+:"),
          Pattern.compile(
              "\\{\"unit\":"
                  + TEXT
                  + ",\"question\":"
                  + TEXT
                  + ",\"text\":"
                  + TEXT
                  + ",\"model\":"
                  + TEXT
                  + ",\"state\":\""));

  private OwnMark() {}

  /// @param head the first bytes of a file, up to [#HEAD_BYTES]
  public static boolean isIn(byte[] head) {
    if (head.length == 0 || !mayBegin(head[0])) {
      return false;
    }
    String text = new String(head, 0, Math.min(head.length, HEAD_BYTES), UTF_8);
    return STARTS.stream().anyMatch(text::startsWith)
        || SHAPES.stream().anyMatch(shape -> shape.matcher(text).lookingAt());
  }

  /// One byte decides for most files.
  private static boolean mayBegin(byte first) {
    return first == 'Y' || first == '{' || first == (byte) 0xEF;
  }
}
