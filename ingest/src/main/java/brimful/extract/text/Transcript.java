package brimful.extract.text;

import brimful.corpus.Locator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Reads the transcript of a meeting as what is said: the lines of each turn behind its speaker,
/// with its time as their place.
///
/// The forms are those of Zoom, Otter, Teams and people, see [TranscriptHead]. Programs write logs
/// in like forms, so a text is a transcript only if most of its lines belong to such turns, their
/// times do not run backwards, somebody speaks twice, and the names are neither levels of logs nor
/// identifiers.
public final class Transcript {
  private static final int TURNS_MIN = 3;

  /// Of so many turns, one may be earlier than the one before it, as people speak at once, and one
  /// may be empty; a timetable has nothing between its lines.
  private static final int ODD_PART = 10;

  /// Verses have heads such as `Genesis 1:12`, and one book for more of them.
  private static final int TURNS_OF_ONE_MAX = 20;

  /// How many lines with text there may be for each turn: of one that begins in the line of its
  /// head, and of one below it.
  private static final int LINES_MAX = 2;

  private static final int LINES_BELOW_MAX = 6;

  private final String[] lines;
  private final List<Said> turns = new ArrayList<>();

  /// @param said its lines with text; those below the head are all but the first, if that has some
  private record Said(TranscriptHead head, List<String> said) {}

  private Transcript(String[] lines) {
    this.lines = lines;
  }

  /// Returns the turns as one part; nothing if the text is not a transcript.
  ///
  /// @param text with `\n` line breaks
  public static List<ReadablePart> parts(String text) {
    var transcript = new Transcript(text.split("\n", -1));
    int first = transcript.read();
    return transcript.isOne() ? List.of(transcript.part(first)) : List.of();
  }

  /// Reads the turns, and returns how many lines stand before them.
  private int read() {
    int first = lines.length;
    for (int i = 0; i < lines.length; i++) {
      String below = i + 1 < lines.length ? lines[i + 1] : "";
      Optional<TranscriptHead> head = TranscriptHead.of(lines[i], below);
      if (head.isPresent()) {
        first = Math.min(first, i);
        turns.add(new Said(head.get(), new ArrayList<>()));
        i += head.get().lines() - 1;
      }
      String said = head.map(TranscriptHead::said).orElse(lines[i]);
      if (!turns.isEmpty() && !said.isBlank()) {
        turns.getLast().said().add(said.strip());
      }
    }
    return first;
  }

  private boolean isOne() {
    List<TranscriptHead> heads = turns.stream().map(Said::head).toList();
    int all = heads.size();
    if (all < TURNS_MIN || heads.stream().anyMatch(TranscriptHead::isLevel)) {
      return false;
    }
    long silent = turns.stream().filter(turn -> turn.said().isEmpty()).count();
    long owned =
        heads.stream().mapToLong(head -> head.said().isEmpty() ? LINES_BELOW_MAX : LINES_MAX).sum();
    return heads.stream().map(TranscriptHead::speaker).distinct().count() < all
        && heads.stream().filter(TranscriptHead::isIdentifier).count() * 2 < all
        && silent * ODD_PART <= all
        && backwards(heads) * ODD_PART <= all
        && Arrays.stream(lines).filter(line -> !line.isBlank()).count() <= owned
        && (heads.stream().noneMatch(TranscriptHead::bare)
            || changes(heads) * TURNS_OF_ONE_MAX >= all);
  }

  private static int backwards(List<TranscriptHead> heads) {
    int backwards = 0;
    for (int i = 1; i < heads.size(); i++) {
      backwards += heads.get(i).second() < heads.get(i - 1).second() ? 1 : 0;
    }
    return backwards;
  }

  private static int changes(List<TranscriptHead> heads) {
    int changes = 0;
    for (int i = 1; i < heads.size(); i++) {
      changes += heads.get(i).speaker().equals(heads.get(i - 1).speaker()) ? 0 : 1;
    }
    return changes;
  }

  private ReadablePart part(int first) {
    List<String> all = new ArrayList<>();
    List<Locator> places = new ArrayList<>();
    for (int i = 0; i < first; i++) {
      if (!lines[i].isBlank()) {
        all.add(lines[i].strip());
        places.add(new Locator.Time(0, 0));
      }
    }
    for (int i = 0; i < turns.size(); i++) {
      TranscriptHead head = turns.get(i).head();
      int next = turns.get(Math.min(i + 1, turns.size() - 1)).head().second();
      var time = new Locator.Time(head.second(), Math.max(head.second(), next));
      List<String> said = turns.get(i).said();
      all.add((head.speaker() + ": " + (said.isEmpty() ? "" : said.getFirst())).strip());
      all.addAll(said.subList(Math.min(1, said.size()), said.size()));
      places.addAll(Collections.nCopies(Math.max(1, said.size()), time));
    }
    Locator whole = places.getFirst().to(places.getLast());
    return new ReadablePart(whole, String.join("\n", all), "", places);
  }
}
