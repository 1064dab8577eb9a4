package brimful.rank;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  private final NameTable names;

  /// By word of the names: one more than the place of the question's words that say it, or 0.
  private final int[] saidAt;

  private final List<BitSet> saidBy = new ArrayList<>();
  private final List<Integer> saidWords = new ArrayList<>();
  private final List<Float> weights = new ArrayList<>();

  /// Names have few different sets of words that are said.
  private final Map<BitSet, Float> sums = new HashMap<>();

  private final float total;

  NameMatch(QuestionWords question, NameTable names) {
    this.names = names;
    saidAt = new int[names.size()];
    float sum = 0;
    for (String word : question.single()) {
      sum += weigh(sayAlike(word));
    }
    for (String word : question.joined()) {
      int known = names.find(word);
      weigh(known < 0 ? 0 : said(known));
    }
    total = sum;
  }

  /// Notes that the question word to be weighed next says the known words that begin with it, or
  /// that it begins with.
  ///
  /// @return how many names contain them
  private int sayAlike(String word) {
    int with = 0;
    for (int length = PREFIX_CHARS_MIN; length < word.length(); length++) {
      int beginning = names.find(word.substring(0, length));
      with += beginning < 0 ? 0 : said(beginning);
    }
    boolean alone = word.length() < PREFIX_CHARS_MIN;
    for (int known = names.ceiling(word); known < names.size(); known++) {
      String each = names.word(known);
      if (alone ? !each.equals(word) : !each.startsWith(word)) {
        break;
      }
      with += said(known);
    }
    return with;
  }

  /// Notes that the question word to be weighed next says a known word.
  ///
  /// @return how many names contain it
  private int said(int known) {
    if (saidAt[known] == 0) {
      saidBy.add(new BitSet());
      saidWords.add(known);
      saidAt[known] = saidBy.size();
    }
    saidBy.get(saidAt[known] - 1).set(weights.size());
    return names.with(known);
  }

  private float weigh(int with) {
    float weight = with == 0 ? 0 : names.rarityOf(with);
    weights.add(weight);
    return weight;
  }

  /// Returns the words of names that the question says. A name without any of them has no score.
  List<Integer> words() {
    return saidWords;
  }

  /// Returns the score of a name, 0 to 1.
  float score(int name) {
    int own = names.own(name);
    BitSet said = said(own, NOT_SAID);
    if (said.isEmpty() || total == 0 || byNumberOnly(own)) {
      return 0;
    }
    float sum = weight(said) + IN_FOLDER * weight(said(names.folder(name), said));
    return Math.min(1, sum / total) * shareSaid(own);
  }

  /// Returns the words of the question that a list of words has, but for some.
  ///
  /// Most names have one of them, and need no set of their own.
  ///
  /// @return not to be changed
  private BitSet said(int list, BitSet without) {
    BitSet said = NOT_SAID;
    for (int at = names.start(list); at < names.start(list + 1); at++) {
      int place = saidAt[names.listed(at)];
      if (place > 0) {
        BitSet by = saidBy.get(place - 1);
        said = said == NOT_SAID || said == by ? by : both(said, by);
      }
    }
    if (said.intersects(without)) {
      said = (BitSet) said.clone();
      said.andNot(without);
    }
    return said;
  }

  private static BitSet both(BitSet a, BitSet b) {
    var both = (BitSet) a.clone();
    both.or(b);
    return both;
  }

  /// Returns whether a number is all that is said of a name that has other words: "on April 10"
  /// does not mean `session_10`.
  private boolean byNumberOnly(int list) {
    boolean numbers = true;
    for (int at = names.start(list); at < names.start(list + 1); at++) {
      boolean number = names.isNumber(names.listed(at));
      if (!number && saidAt[names.listed(at)] > 0) {
        return false;
      }
      numbers &= number;
    }
    return !numbers;
  }

  private float shareSaid(int list) {
    float said = 0;
    float all = 0;
    for (int at = names.start(list); at < names.start(list + 1); at++) {
      float rarity = names.rarity(names.listed(at));
      said += saidAt[names.listed(at)] > 0 ? rarity : 0;
      all += rarity;
    }
    return said / all;
  }

  private float weight(BitSet said) {
    Float known = sums.get(said);
    if (known == null) {
      known = (float) said.stream().mapToDouble(weights::get).sum();
      sums.put(said, known);
    }
    return known;
  }
}
