package brimful.extract.chat;

import brimful.corpus.Minutes;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/// What one person or program said at a time.
///
/// @param speaker one line, never blank
/// @param time as a clock there showed it; in UTC where the export counts seconds
/// @param replyTo whom it answers, if the export tells it and it does not follow from the order;
///   otherwise empty
/// @param text never blank, with `\n` line breaks
public record ChatTurn(String speaker, Optional<LocalDateTime> time, String replyTo, String text) {
  private static final int SPEAKER_CHARS_MAX = 60;
  private static final String NOBODY = "Unknown";
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern CONTROLS =
      Pattern.compile(
          "[\\x00-\\x08\\x0b-\\x1f\\x7f\\ufeff\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");
  private static final Pattern EMPTY_LINES = Pattern.compile("\\n\\s*\\n");

  public ChatTurn {
    speaker = name(speaker);
    replyTo = replyTo.isBlank() ? "" : name(replyTo);
    time = time.filter(Minutes::has);
    text = clean(text);
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "a turn of %s without text: leave it out".formatted(speaker));
    }
  }

  /// Returns this turn with a mark in front of its text.
  ChatTurn marked(String mark) {
    return mark.isEmpty() ? this : new ChatTurn(speaker, time, replyTo, mark + text);
  }

  /// Returns a text as turns have it: what was only white is empty.
  static String clean(String text) {
    String lines = text.replace("\r\n", "\n").replace('\r', '\n');
    return EMPTY_LINES.matcher(CONTROLS.matcher(lines).replaceAll("")).replaceAll("\n\n").strip();
  }

  private static String name(String written) {
    String name =
        BLANKS
            .matcher(CONTROLS.matcher(written).replaceAll("").replace(':', ' '))
            .replaceAll(" ")
            .strip();
    if (name.isEmpty()) {
      return NOBODY;
    }
    if (name.length() <= SPEAKER_CHARS_MAX) {
      return name;
    }
    int end =
        Character.isHighSurrogate(name.charAt(SPEAKER_CHARS_MAX - 1))
            ? SPEAKER_CHARS_MAX - 1
            : SPEAKER_CHARS_MAX;
    return name.substring(0, end);
  }
}
