package brimful.chunk;

import brimful.chunk.outline.Lines;
import brimful.corpus.Turn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/// Finds the turns of a written conversation, by the lines that open them.
final class ConversationTurns {
  /// Fewer turns are not a conversation.
  private static final int TURNS_MIN = 4;

  /// How many of the lines that are not blank must open a turn.
  private static final double LINES_SHARE = 0.5;

  /// How many turns must be of speakers that speak again, because field names occur once.
  private static final double REPEATED_SHARE = 0.8;

  /// The minimal number of turns for each speaker.
  private static final int TURNS_EACH = 2;

  private ConversationTurns() {}

  /// Returns the lines that open turns; none if the text is no conversation.
  static BitSet of(Lines lines) {
    var starts = new BitSet();
    List<String> speakers = new ArrayList<>();
    int inked = 0;
    Matcher turn = Turn.PATTERN.matcher(lines.text());
    for (int line = 0; line < lines.count(); line++) {
      if (!lines.blank(line)) {
        inked++;
        if (turn.region(lines.start(line), lines.end(line)).matches()) {
          starts.set(line);
          speakers.add(turn.group(Turn.SPEAKER));
        }
      }
    }
    return conversation(speakers, inked) ? starts : new BitSet();
  }

  private static boolean conversation(List<String> speakers, int inked) {
    if (speakers.size() < TURNS_MIN || speakers.size() < LINES_SHARE * inked) {
      return false;
    }
    Map<String, Integer> turnsOf = new HashMap<>();
    speakers.forEach(speaker -> turnsOf.merge(speaker, 1, Integer::sum));
    int repeated =
        turnsOf.values().stream().filter(turns -> turns > 1).mapToInt(Integer::intValue).sum();
    return repeated >= REPEATED_SHARE * speakers.size()
        && speakers.size() >= TURNS_EACH * turnsOf.size();
  }
}
