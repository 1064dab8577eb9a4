package brimful.rank.aspect;

import brimful.corpus.Folding;
import brimful.index.term.Stemmer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Tells which side of a project a question asks about, by its words and not by phrases.
///
/// Each word speaks for some aspects, is of no account, or is content. An aspect is asked about if
/// enough words speak for it and little is content: "how do I build it?" asks how the project is
/// built, "how does the parser build its tree?" asks about a parser. Of several aspects the one
/// with the most counts.
///
/// The table, in `aspect-words.txt`, has words of English, German, French, Spanish, Portuguese,
/// Italian, Russian, Chinese and Japanese.
public final class AspectWords {
  /// One word that says it, or two that hint at it.
  private static final int ENOUGH = 2;

  /// How much a word of content speaks against any aspect, and how much a word that is part of a
  /// name in the corpus.
  private static final int CONTENT = 2;

  private static final int NAME = 4;

  private static final int SLIP_CHARS_MIN = 4;

  private static final int BEGINNING_CHARS_MAX = 20;

  private static final int PHRASE_WORDS_MAX = 3;

  /// No word of a script without blanks in the table is longer.
  private static final int UNSPACED_CHARS_MAX = 12;

  private static final Set<String> INDEFINITE = Set.of("a", "an", "each", "every", "another");

  private static final Meaning NOTHING_SAID = new Meaning(Map.of(), false);
  private static final Meaning OWN_NAME = new Meaning(Map.of(Aspect.OVERVIEW, 1), false);

  /// Stands for any number.
  private static final String NUMBER = "number";

  private static final String SUBJECT = "subject";
  private static final String NOTHING = "nothing";

  /// What a word speaks for, and how much.
  private record Meaning(Map<Aspect, Integer> votes, boolean subject) {
    /// Returns whether it says, and not only hints, that the question is about none of some
    /// aspects.
    boolean saysElse(Set<Aspect> aspects) {
      return !subject
          && votes.values().stream().anyMatch(weight -> weight >= ENOUGH)
          && Collections.disjoint(votes.keySet(), aspects);
    }
  }

  /// A text without blanks, a word, or a name of code such as `Sinatra::Base`.
  private static final Pattern WORD =
      Pattern.compile(
          "(?<unspaced>UNSPACED++)|[\\p{L}\\p{N}&&[^UNSPACED]]++(?:::[\\p{L}\\p{N}&&[^UNSPACED]]++)*+"
              .replace("UNSPACED", "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\u30fc]"));

  /// Where one question ends and another begins.
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "[.?!;:,](?=\\s|$)|[\\u3001\\u3002\\uff1f\\uff0c]"
              + "|\\s(?:and|und|et|y)\\s(?=(?:how|wh[a-z]{2,3}|wie|wo|was|comment|que|como|donde)\\s)");

  private static final Map<String, Meaning> WORDS = new HashMap<>();

  /// Words that begin like this.
  private static final Map<String, Meaning> BEGINNINGS = new HashMap<>();

  static {
    rows()
        .lines()
        .filter(row -> !row.isBlank() && row.charAt(0) != '#')
        .map(AspectWords::plain)
        .forEach(AspectWords::add);
  }

  private AspectWords() {}

  private static String rows() {
    try (InputStream table = AspectWords.class.getResourceAsStream("aspect-words.txt")) {
      if (table == null) {
        throw new IllegalStateException("aspect-words.txt is not among the classes");
      }
      return new String(table.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void add(String row) {
    String[] cells = row.split(" ", -1);
    for (String word : List.of(cells).subList(2, cells.length)) {
      boolean beginning = word.endsWith("*");
      String key = beginning ? word.substring(0, word.length() - 1) : word;
      Map<String, Meaning> table = beginning ? BEGINNINGS : WORDS;
      Meaning old = table.getOrDefault(key, NOTHING_SAID);
      table.put(key, joined(old, cells[0], Integer.parseInt(cells[1])));
    }
  }

  private static Meaning joined(Meaning old, String kind, int weight) {
    if (kind.equals(NOTHING)) {
      return old;
    }
    boolean subject = kind.equals(SUBJECT);
    var votes = new EnumMap<Aspect, Integer>(Aspect.class);
    votes.putAll(old.votes);
    votes.merge(
        subject ? Aspect.OVERVIEW : Aspect.valueOf(kind.toUpperCase(Locale.ROOT)),
        weight,
        Math::max);
    return new Meaning(votes, subject || old.subject);
  }

  /// Returns what a question asks about.
  ///
  /// @param names whether a word without its ending is part of a name in the corpus
  /// @param own the words of the project's own name, in small letters
  public static Set<Aspect> asked(String question, Predicate<String> names, Set<String> own) {
    var aspects = EnumSet.noneOf(Aspect.class);
    int content = 0;
    for (String text : BOUNDARY.split(plain(question), -1)) {
      var part = new Part(words(text), names, own, content);
      Set<Aspect> asked = part.asked();
      aspects.addAll(asked);
      content = asked.isEmpty() ? part.content : 0;
    }
    if (aspects.isEmpty()) {
      // "Quiero colaborar, ¿por dónde empiezo?": each part says half of it.
      aspects.addAll(new Part(words(plain(question)), names, own, 0).asked());
    }
    if (aspects.size() > 1) {
      aspects.remove(Aspect.OVERVIEW);
    }
    return aspects;
  }

  /// Returns the words of a text that say nothing of any aspect, as far as this table knows.
  public static List<String> wordsOf(String text) {
    return words(plain(text)).stream().filter(word -> exact(word).isEmpty()).toList();
  }

  /// Returns a text in small letters, without accents.
  private static String plain(String text) {
    String folded = Folding.of(text).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
  }

  private static List<String> words(String part) {
    var words = new ArrayList<String>();
    WORD.matcher(part)
        .results()
        .forEach(found -> {
          String word = found.group();
          if (found.group("unspaced") != null) {
            addUnspaced(word, words);
          } else {
            words.add(word);
          }
        });
    return words;
  }

  /// Adds the longest known words of a text without blanks, and what is between them.
  private static void addUnspaced(String text, List<String> words) {
    int unknown = 0;
    int at = 0;
    while (at < text.length()) {
      int end = Math.min(text.length(), at + UNSPACED_CHARS_MAX);
      while (end > at && !WORDS.containsKey(text.substring(at, end))) {
        end--;
      }
      if (end > at) {
        if (at > unknown) {
          words.add(text.substring(unknown, at));
        }
        words.add(text.substring(at, end));
        unknown = end;
        at = end;
      } else {
        at++;
      }
    }
    if (at > unknown) {
      words.add(text.substring(unknown));
    }
  }

  /// One question, or one of several in a text.
  private static final class Part {
    private final List<String> words;
    private final Predicate<String> names;
    private final Set<String> own;
    private final Map<Aspect, Integer> sums = new EnumMap<>(Aspect.class);
    private final List<Meaning> meanings = new ArrayList<>();
    private int content;

    /// @param content how much content the part before has, if it asks about no aspect
    Part(List<String> words, Predicate<String> names, Set<String> own, int content) {
      this.words = words;
      this.names = names;
      this.own = own;
      this.content = content;
    }

    Set<Aspect> asked() {
      read();
      Map<Aspect, Integer> worth = worth();
      int overview = worth.getOrDefault(Aspect.OVERVIEW, 0);
      worth.remove(Aspect.OVERVIEW);
      int most = worth.values().stream().max(Integer::compare).orElse(0);
      if (most < ENOUGH) {
        return overview >= ENOUGH && content == 0 ? Set.of(Aspect.OVERVIEW) : Set.of();
      }
      worth.values().removeIf(each -> each < most);
      Set<Aspect> best = worth.keySet();
      long others = meanings.stream().filter(meaning -> meaning.saysElse(best)).count();
      return content + others < most ? best : Set.of();
    }

    /// Returns how much speaks for each aspect: the strongest word in full and each other one as a
    /// hint, since "changed" and "changes" say the same.
    private Map<Aspect, Integer> worth() {
      var votes = new EnumMap<Aspect, IntSummaryStatistics>(Aspect.class);
      meanings.forEach(meaning ->
          meaning.votes.forEach((aspect, weight) ->
              votes.computeIfAbsent(aspect, _ -> new IntSummaryStatistics()).accept(weight)));
      var worth = new EnumMap<Aspect, Integer>(Aspect.class);
      votes.forEach(
          (aspect, weights) -> worth.put(aspect, weights.getMax() + (int) weights.getCount() - 1));
      return worth;
    }

    private void read() {
      var known = new HashSet<String>();
      int at = 0;
      while (at < words.size()) {
        int end = phraseEnd(at);
        String word = String.join("_", words.subList(at, end));
        Optional<Meaning> meaning = isOneOfMany(at) ? notTheProject(word) : meaning(word);
        if (meaning.isPresent() && known.add(isNumber(word) ? NUMBER : word)) {
          meanings.add(meaning.get());
        } else if (meaning.isEmpty() && !modifies(end - 1)) {
          content += names.test(Stemmer.stem(word)) ? NAME : CONTENT;
        }
        at = end;
      }
    }

    /// Returns where the longest phrase of the table that starts at a word ends.
    private int phraseEnd(int start) {
      int end = Math.min(words.size(), start + PHRASE_WORDS_MAX);
      while (end > start + 1 && !WORDS.containsKey(String.join("_", words.subList(start, end)))) {
        end--;
      }
      return end;
    }

    /// Returns whether a word speaks of one of many, such as "a plugin", and not of this project.
    private boolean isOneOfMany(int at) {
      return at > 0 && INDEFINITE.contains(words.get(at - 1));
    }

    private Optional<Meaning> notTheProject(String word) {
      return meaning(word).filter(meaning -> !meaning.subject);
    }

    /// Returns whether a word stands before one for the project itself: "the server program".
    private boolean modifies(int at) {
      return at + 1 < words.size()
          && meaning(words.get(at + 1)).map(Meaning::subject).orElse(false);
    }

    private Optional<Meaning> meaning(String word) {
      Optional<Meaning> exact = exact(word);
      if (isNumber(word)) {
        return exact(NUMBER);
      }
      if (exact.isEmpty() && own.contains(word)) {
        return Optional.of(OWN_NAME);
      }
      return exact.isPresent() || names.test(Stemmer.stem(word)) ? exact : nearly(word);
    }
  }

  private static boolean isNumber(String word) {
    return word.chars().allMatch(Character::isDigit);
  }

  private static Optional<Meaning> exact(String word) {
    Meaning whole = WORDS.get(word);
    if (whole != null) {
      return Optional.of(whole);
    }
    if (word.length() == 1 && !Character.isIdeographic(word.charAt(0))) {
      return Optional.of(NOTHING_SAID);
    }
    for (int end = Math.min(word.length(), BEGINNING_CHARS_MAX); end > 1; end--) {
      Meaning beginning = BEGINNINGS.get(word.substring(0, end));
      if (beginning != null) {
        return Optional.of(beginning);
      }
    }
    return Optional.empty();
  }

  /// Returns the meaning of the word that was meant: one letter too many, too few or wrong, or two
  /// that changed places.
  private static Optional<Meaning> nearly(String word) {
    if (word.length() < SLIP_CHARS_MIN) {
      return Optional.empty();
    }
    return WORDS.entrySet().stream()
        .filter(entry -> isSlip(word, entry.getKey()))
        .min(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .or(() -> beginsNearly(word));
  }

  private static Optional<Meaning> beginsNearly(String word) {
    return BEGINNINGS.entrySet().stream()
        .filter(entry -> {
          String beginning = entry.getKey();
          int end = Math.min(word.length(), beginning.length());
          return (word.length() > end - 1 && isSlip(word.substring(0, end), beginning))
              || (word.length() > end && isSlip(word.substring(0, end + 1), beginning))
              || isSlip(word.substring(0, Math.max(0, end - 1)), beginning);
        })
        .min(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue);
  }

  private static boolean isSlip(String written, String meant) {
    int shorter = Math.min(written.length(), meant.length());
    int longer = Math.max(written.length(), meant.length());
    if (longer - shorter > 1) {
      return false;
    }
    int head = 0;
    while (head < shorter && written.charAt(head) == meant.charAt(head)) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && written.charAt(written.length() - 1 - tail) == meant.charAt(meant.length() - 1 - tail)) {
      tail++;
    }
    int changed = longer - head - tail;
    boolean swapped =
        changed == 2
            && longer == shorter
            && written.charAt(head) == meant.charAt(head + 1)
            && written.charAt(head + 1) == meant.charAt(head);
    int least =
        swapped ? SLIP_CHARS_MIN : longer > shorter ? SLIP_CHARS_MIN + 1 : SLIP_CHARS_MIN + 2;
    return (swapped || changed == 1) && shorter >= least;
  }
}
