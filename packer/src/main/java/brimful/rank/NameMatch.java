package brimful.rank;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/// Scores names by how well a question says them: the share of the question's words that a name
/// contains times the share of the name that is said, both weighted by rarity among names.
///
/// So `client.py` beats `client_exceptions.py` for a question about clients, and a name of ordinary
/// words gains little. A word of the question and one of a name match if one begins with the other:
/// "configuration" says `config`. The shares are those of semble's file boost (MinishLab/semble),
/// with rarity and the second share added. In a name such as `ADOBE_2016_10K` the company is most
/// of the name, because hundreds of others contain the rest. Cost: a few look-ups for each word of
/// the question.
final class NameMatch {
  /// Shorter words match only themselves.
  private static final int PREFIX_CHARS_MIN = 3;

  /// The weight of a word that only the folder's name contains.
  private static final float IN_FOLDER = 0.5f;

  private static final BitSet NOT_SAID = new BitSet();

  private final NavigableMap<String, Integer> namesWith;
  private final int names;
  private final Map<String, BitSet> saidBy = new HashMap<>();
  private final List<Float> weights = new ArrayList<>();
  private final float total;

  /// @param namesWith how many names contain each word
  /// @param names how many names there are
  NameMatch(QuestionWords question, NavigableMap<String, Integer> namesWith, int names) {
    this.namesWith = namesWith;
    this.names = names;
    float sum = 0;
    for (String word : question.single()) {
      int with = 0;
      for (Map.Entry<String, Integer> known : alike(word, namesWith)) {
        said(known.getKey());
        with += known.getValue();
      }
      sum += weigh(with);
    }
    for (String word : question.joined()) {
      int with = namesWith.getOrDefault(word, 0);
      if (with > 0) {
        said(word);
      }
      weigh(with);
    }
    total = sum;
  }

  /// Returns the known words that begin with a word, or that it begins with.
  private static List<Map.Entry<String, Integer>> alike(
      String word, NavigableMap<String, Integer> known) {
    var alike = new ArrayList<Map.Entry<String, Integer>>();
    boolean alone = word.length() < PREFIX_CHARS_MIN;
    for (int length = PREFIX_CHARS_MIN; length < word.length(); length++) {
      String beginning = word.substring(0, length);
      Integer with = known.get(beginning);
      if (with != null) {
        alike.add(Map.entry(beginning, with));
      }
    }
    for (Map.Entry<String, Integer> each : known.tailMap(word, true).entrySet()) {
      if (alone ? !each.getKey().equals(word) : !each.getKey().startsWith(word)) {
        break;
      }
      alike.add(each);
    }
    return alike;
  }

  /// Notes that the question word to be weighed next says a known word.
  private void said(String known) {
    saidBy.computeIfAbsent(known, _ -> new BitSet()).set(weights.size());
  }

  private float weigh(int with) {
    float weight = with == 0 ? 0 : rarity(with);
    weights.add(weight);
    return weight;
  }

  private float rarity(int with) {
    return ScoreMath.rarity(Math.min(with, names), names);
  }

  /// Returns the words of names that the question says. A name without any of them has no score.
  Set<String> words() {
    return saidBy.keySet();
  }

  /// Returns the score of a name, 0 to 1.
  ///
  /// @param words of the name
  /// @param folder words of the folder it is in
  float score(List<String> words, List<String> folder) {
    var said = new BitSet();
    for (String word : words) {
      said.or(saidBy.getOrDefault(word, NOT_SAID));
    }
    if (said.isEmpty() || total == 0 || byNumberOnly(words)) {
      return 0;
    }
    float sum = weight(said);
    var above = new BitSet();
    for (String word : folder) {
      above.or(saidBy.getOrDefault(word, NOT_SAID));
    }
    above.andNot(said);
    sum += IN_FOLDER * weight(above);
    return Math.min(1, sum / total) * shareSaid(words);
  }

  /// Returns whether a number is all that is said of a name that has other words: "on April 10"
  /// does not mean `session_10`.
  private boolean byNumberOnly(List<String> words) {
    return words.stream().noneMatch(word -> saidBy.containsKey(word) && !NameWords.isNumber(word))
        && !words.stream().allMatch(NameWords::isNumber);
  }

  private float shareSaid(List<String> words) {
    float said = 0;
    float all = 0;
    for (String word : words) {
      float rarity = rarity(namesWith.getOrDefault(word, 0));
      said += saidBy.containsKey(word) ? rarity : 0;
      all += rarity;
    }
    return said / all;
  }

  private float weight(BitSet said) {
    return (float) said.stream().mapToDouble(weights::get).sum();
  }
}
