package brimful.rank;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Minutes;
import brimful.index.Hit;
import brimful.index.Outline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When the turns of conversations were said, and whether the question asks about that time.
///
/// "What did we decide last May?" shares hardly a word with its answer. So what was said then
/// counts more than it matches, and what was said at other times counts less. A document whose name
/// has a date is of that day, and a mail is of the day of its head. What has no date keeps its
/// score.
final class TurnTimes {
  /// What a turn of the asked time counts without matching a word.
  private static final float INSIDE = 0.4f;

  /// The factor for turns of other times.
  private static final float OUTSIDE = 0.35f;

  /// How many chunks of the asked time are added to those that match a word.
  private static final int DATED_MAX = 2_000;

  private static final Pattern DATED = Pattern.compile("(?<!\\d)\\d{4}-\\d\\d-\\d\\d(?!\\d)");

  /// The head of a mail as it is shown: lines of names and values, which begin with the sender.
  private static final Pattern MAIL =
      Pattern.compile(
          "From: [^\\n]*+\\n(?:(?!Date: )[A-Z][A-Za-z-]*+(?: to)?+: [^\\n]*+\\n)*+Date: (\\d{4}-\\d\\d-\\d\\d)");

  private final Optional<Minutes> asked;
  private final Map<DocumentId, Optional<Minutes>> days = new HashMap<>();
  private final Map<DocumentId, Map<Integer, Minutes>> times = new HashMap<>();

  /// @param asked the time that the question asks about
  TurnTimes(Optional<Minutes> asked) {
    this.asked = asked;
  }

  /// Returns whether the question asks about a time.
  boolean wanted() {
    return asked.isPresent();
  }

  /// Notes the times of chunks.
  void add(Iterable<Chunk> chunks) {
    for (Chunk chunk : chunks) {
      if (chunk.locator() instanceof Locator.Turns turns && turns.time().isPresent()) {
        times
            .computeIfAbsent(chunk.document(), _ -> new HashMap<>())
            .put(chunk.ordinal(), turns.time().get());
      }
    }
  }

  /// Notes the days of mails, which their first chunks tell.
  void addMails(Iterable<Chunk> chunks) {
    for (Chunk chunk : chunks) {
      Matcher head = MAIL.matcher(chunk.text());
      if (chunk.ordinal() == 0 && head.lookingAt()) {
        days.put(chunk.document(), Minutes.parse(head.group(1)));
      }
    }
  }

  /// Returns hits, and after them the chunks of the documents that are of the asked time by their
  /// names, up to a number.
  List<Hit> with(List<Hit> hits, List<Outline> outlines) {
    if (asked.isEmpty()) {
      return hits;
    }
    var all = new ArrayList<>(hits);
    Set<Hit> found = new HashSet<>();
    hits.forEach(hit -> found.add(new Hit(hit.document(), hit.ordinal(), 0)));
    for (Outline outline : outlines) {
      if (day(outline.document()).filter(asked.get()::meets).isPresent()) {
        for (int chunk = 0; chunk < outline.chunks().size(); chunk++) {
          var hit = new Hit(outline.document(), chunk, 0);
          if (all.size() < hits.size() + DATED_MAX && found.add(hit)) {
            all.add(hit);
          }
        }
      }
    }
    return all;
  }

  private Optional<Minutes> day(DocumentId document) {
    return days.computeIfAbsent(
        document,
        id -> {
          String name = id.value().substring(id.value().lastIndexOf('/') + 1);
          Matcher dated = DATED.matcher(name);
          return dated.find() ? Minutes.parse(dated.group()) : Optional.empty();
        });
  }

  /// Returns a chunk's score, 0 to 1, in view of its time.
  float score(DocumentId document, int ordinal, float score) {
    if (asked.isEmpty()) {
      return score;
    }
    Minutes said = times.getOrDefault(document, Map.of()).get(ordinal);
    Optional<Minutes> time = said == null ? day(document) : Optional.of(said);
    if (time.isEmpty()) {
      return score;
    }
    return asked.get().meets(time.get()) ? INSIDE + (1 - INSIDE) * score : OUTSIDE * score;
  }
}
