package brimful.rank;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Folding;
import brimful.corpus.Locator;
import brimful.corpus.Minutes;
import brimful.index.ChunkRef;
import brimful.index.Hit;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.index.Terms;
import brimful.index.term.NaturalLanguage;
import brimful.rank.calendar.AskedTime;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
///
/// A time that only an event tells, as in `after the outage` or `between the kickoff and the
/// launch`, is looked up in the turns: it is that of the best one with all words of the event. Such
/// a bound is a guess, because people speak of events before and after them, so it only sets back
/// what was said on the other side.
final class TurnTimes {
  /// What a turn of the asked time counts without matching a word.
  private static final float INSIDE = 0.4f;

  /// The factor for turns of other times.
  private static final float OUTSIDE = 0.35f;

  /// How many chunks of the asked time are added to those that match a word.
  private static final int DATED_MAX = 2_000;

  /// The factor for turns on the other side of an event.
  private static final float BEYOND_EVENT = 0.6f;

  private static final LocalDateTime EVER = LocalDateTime.of(1, 1, 1, 0, 0);
  private static final LocalDateTime NEVER = LocalDateTime.of(9999, 12, 31, 23, 59);

  /// An event has at most so many words, and is looked for in so many chunks.
  private static final int EVENT_WORDS_MAX = 4;

  private static final int EVENT_CHUNKS_MAX = 50;

  private static final String THE =
      "(?:the|our|my|your|his|her|their|its|dem|der|den|die|das|unsere[mrn]?)\\s";

  /// A place or a thing may follow `before`, too: what has no turn bounds nothing.
  private static final Pattern EVENT =
      Pattern.compile(
          "(?iu)(?<!\\w)(?:(?<rule>before|after|since|until|till|vor|nach|seit|bis)(?:\\szu[mr])?\\s"
              + THE
              + "(?<event>[^.,;:?!\\n]{2,200})|(?:between|zwischen)\\s"
              + THE
              + "(?<from>[^.,;:?!\\n]{2,100}?)\\s(?:and|und)\\s(?:"
              + THE
              + ")?(?<to>[^.,;:?!\\n]{2,100}))");

  private static final Pattern DATED = Pattern.compile("(?<!\\d)\\d{4}-\\d\\d-\\d\\d(?!\\d)");

  /// The head of a mail as it is shown: lines of names and values, which begin with the sender.
  private static final Pattern MAIL =
      Pattern.compile(
          "From: [^\\n]*+\\n(?:(?!Date: )[A-Z][A-Za-z-]*+(?: to)?+: [^\\n]*+\\n)*+Date: (\\d{4}-\\d\\d-\\d\\d)");

  private final Optional<Minutes> asked;
  private final boolean event;
  private final Map<DocumentId, Optional<Minutes>> days = new HashMap<>();
  private final Map<DocumentId, Map<Integer, Minutes>> times = new HashMap<>();

  /// @param asked the time that the question asks about
  TurnTimes(Optional<Minutes> asked) {
    this(asked, false);
  }

  private TurnTimes(Optional<Minutes> asked, boolean event) {
    this.asked = asked;
    this.event = event;
  }

  /// Returns the times for a question that names one, or an event of the corpus.
  static TurnTimes of(Question question, Snapshot snapshot) {
    Optional<Minutes> named = AskedTime.of(question.text(), question.today());
    Matcher event = EVENT.matcher(question.text());
    return named.isEmpty() && event.find() && hasTimes(snapshot)
        ? new TurnTimes(bounds(event, snapshot), true)
        : new TurnTimes(named);
  }

  /// Returns whether a document may tell when something was said: one that is no text of lines, or
  /// has a date in its name. Others need not be searched for an event.
  private static boolean hasTimes(Snapshot snapshot) {
    return snapshot
        .derived(
            HasTimes.class,
            outlines -> new HasTimes(outlines.stream().anyMatch(TurnTimes::mayHaveTimes)))
        .any();
  }

  private static boolean mayHaveTimes(Outline outline) {
    return DATED.matcher(outline.document().value()).find()
        || (!outline.chunks().isEmpty() && outline.chunks().getFirst().firstLine() == 0);
  }

  private record HasTimes(boolean any) {}

  private static Optional<Minutes> bounds(Matcher event, Snapshot snapshot) {
    if (event.group("rule") == null) {
      Optional<Minutes> from = time(event.group("from"), snapshot);
      Optional<Minutes> to = time(event.group("to"), snapshot);
      return from.isEmpty() || to.isEmpty() || to.get().last().isBefore(from.get().first())
          ? Optional.empty()
          : Optional.of(new Minutes(from.get().first(), to.get().last()));
    }
    boolean earlier =
        switch (event.group("rule").toLowerCase(Locale.ROOT)) {
          case "after", "since", "nach", "seit" -> false;
          default -> true;
        };
    return time(event.group("event"), snapshot)
        .map(time -> earlier ? new Minutes(EVER, time.last()) : new Minutes(time.first(), NEVER));
  }

  /// Returns when an event was spoken of, by as many of its first words as a turn has.
  private static Optional<Minutes> time(String event, Snapshot snapshot) {
    List<String> words = List.of(event.strip().split("\\s+", EVENT_WORDS_MAX + 1));
    for (int count = Math.min(EVENT_WORDS_MAX, words.size()); count > 0; count--) {
      String phrase = FunctionWords.without(String.join(" ", words.subList(0, count)));
      Optional<Minutes> time = phrase.isBlank() ? Optional.empty() : said(phrase, snapshot);
      if (time.isPresent()) {
        return time;
      }
    }
    return Optional.empty();
  }

  private static Optional<Minutes> said(String phrase, Snapshot snapshot) {
    var terms = new Terms(List.of(new Terms.Passage(phrase, 1)), NaturalLanguage.of(phrase), true);
    List<Hit> hits = snapshot.matches(terms).chunks(EVENT_CHUNKS_MAX);
    List<String> words = List.of(Folding.of(phrase.strip()).split("\\s+", -1));
    return snapshot.read(refs(hits, snapshot)).stream()
        .filter(chunk -> {
          String text = Folding.of(chunk.text());
          return words.stream().allMatch(text::contains);
        })
        .flatMap(chunk ->
            chunk.locator() instanceof Locator.Turns turns
                ? turns.time().stream()
                : dated(chunk.document()).stream())
        .findFirst();
  }

  private static List<ChunkRef> refs(List<Hit> hits, Snapshot snapshot) {
    List<Outline> outlines = snapshot.outlines();
    return hits.stream()
        .map(hit -> outlines.get(hit.document()).chunks().get(hit.ordinal()))
        .toList();
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
    if (asked.isEmpty() || event) {
      return hits;
    }
    var all = new ArrayList<>(hits);
    Set<Hit> found = new HashSet<>();
    hits.forEach(hit -> found.add(new Hit(hit.document(), hit.ordinal(), 0)));
    for (int number = 0; number < outlines.size(); number++) {
      Outline outline = outlines.get(number);
      if (day(outline.document()).filter(asked.get()::meets).isPresent()) {
        for (int chunk = 0; chunk < outline.chunks().size(); chunk++) {
          var hit = new Hit(number, chunk, 0);
          if (all.size() < hits.size() + DATED_MAX && found.add(hit)) {
            all.add(hit);
          }
        }
      }
    }
    return all;
  }

  private Optional<Minutes> day(DocumentId document) {
    return days.computeIfAbsent(document, TurnTimes::dated);
  }

  private static Optional<Minutes> dated(DocumentId document) {
    String name = document.value().substring(document.value().lastIndexOf('/') + 1);
    Matcher dated = DATED.matcher(name);
    return dated.find() ? Minutes.parse(dated.group()) : Optional.empty();
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
    if (event) {
      return asked.get().meets(time.get()) ? score : BEYOND_EVENT * score;
    }
    return asked.get().meets(time.get()) ? INSIDE + (1 - INSIDE) * score : OUTSIDE * score;
  }
}
