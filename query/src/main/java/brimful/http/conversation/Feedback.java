package brimful.http.conversation;

import brimful.corpus.UserError;
import brimful.corpus.WellFormed;
import brimful.http.edge.HttpJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;

/// What a person thought of an answer.
///
/// @param thumb `up`, `down`, or empty for neither
/// @param note in the person's words; may be empty
public record Feedback(String thumb, String note) {
  public static final Feedback NONE = new Feedback("", "");

  private static final int NOTE_CHARS_MAX = 4_000;
  private static final Set<String> THUMBS = Set.of("", "up", "down");

  /// Reads what a client or a file says.
  public static Feedback of(JsonNode node) {
    String thumb = HttpJson.text(node, "thumb", "");
    String note = WellFormed.text(HttpJson.text(node, "note", ""));
    if (!THUMBS.contains(thumb)) {
      throw new UserError(
          UserError.Kind.USAGE, "thumb \"%s\": say up, down, or nothing".formatted(thumb));
    }
    if (note.length() > NOTE_CHARS_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "the note has %,d characters: %,d are the most",
              note.length(),
              NOTE_CHARS_MAX));
    }
    return new Feedback(thumb, note);
  }

  boolean isNone() {
    return equals(NONE);
  }

  ObjectNode json() {
    return HttpJson.object().put("thumb", thumb).put("note", note);
  }
}
