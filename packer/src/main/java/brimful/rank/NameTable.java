package brimful.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The words of many names as numbers, and which things have a name with each: what [NameMatch]
/// looks at for every name that shares a word with a question.
///
/// Layout: words are numbered in their order, so that those with the same beginning are neighbours.
/// Equal lists of words are kept once. Lists, and the things that have a word, lie one behind the
/// other in an array each. Immutable.
final class NameTable {
  private final String[] words;
  private final float[] rarities;
  private final BitSet numbers = new BitSet();

  /// By list: where its words begin; last, their number.
  private final int[] starts;

  private final int[] listed;

  /// By name: the lists of its words and of its folder's.
  private final int[] own;

  private final int[] folders;

  /// By word: where the things begin that have it; last, their number.
  private final int[] unitStarts;

  private final int[] unitsWith;

  private final int units;

  private NameTable(Builder builder) {
    units = builder.units;
    words = builder.ids.keySet().toArray(String[]::new);
    Arrays.sort(words);
    var places = new int[words.length];
    rarities = new float[words.length];
    unitStarts = new int[words.length + 1];
    for (int word = 0; word < words.length; word++) {
      int id = builder.ids.getOrDefault(words[word], 0);
      int with = builder.counts[id];
      places[id] = word;
      rarities[word] = rarityOf(with);
      unitStarts[word + 1] = unitStarts[word] + with;
      numbers.set(word, NameWords.isNumber(words[word]));
    }
    own = Arrays.copyOf(builder.own, builder.names);
    folders = Arrays.copyOf(builder.folders, builder.names);
    starts = new int[builder.lists.size() + 1];
    for (int list = 0; list < builder.lists.size(); list++) {
      starts[list + 1] = starts[list] + builder.lists.get(list).length;
    }
    listed = builder.lists.stream().flatMapToInt(Arrays::stream).map(id -> places[id]).toArray();
    unitsWith = unitsWith(builder);
  }

  /// Notes each thing where those of its words stand, in rising order.
  private int[] unitsWith(Builder builder) {
    var units = new int[unitStarts[words.length]];
    int[] next = Arrays.copyOf(unitStarts, words.length);
    for (int name = 0; name < own.length; name++) {
      for (int list : new int[] {own[name], folders[name]}) {
        for (int at = starts[list]; at < starts[list + 1]; at++) {
          int place = next[listed[at]];
          boolean noted =
              place > unitStarts[listed[at]] && units[place - 1] == builder.unitOf[name];
          if (!noted) {
            units[place] = builder.unitOf[name];
            next[listed[at]]++;
          }
        }
      }
    }
    return units;
  }

  /// Returns the number of a word, or a negative one if no name has it.
  int find(String word) {
    return Arrays.binarySearch(words, word);
  }

  /// Returns the number of the first word that is not before this one.
  int ceiling(String word) {
    int found = find(word);
    return found < 0 ? -found - 1 : found;
  }

  /// Returns how many different words there are.
  int size() {
    return words.length;
  }

  String word(int number) {
    return words[number];
  }

  /// Returns how many things have a name with a word.
  int with(int word) {
    return unitStarts[word + 1] - unitStarts[word];
  }

  /// Returns one of the things that have a name with a word.
  ///
  /// @param at from 0, in rising order of the things
  int unit(int word, int at) {
    return unitsWith[unitStarts[word] + at];
  }

  /// Returns the weight of words that so many things have together.
  float rarityOf(int with) {
    return ScoreMath.rarity(Math.min(with, units), units);
  }

  float rarity(int word) {
    return rarities[word];
  }

  /// Returns whether a word is a number and no year.
  boolean isNumber(int word) {
    return numbers.get(word);
  }

  /// Returns the list of a name's words.
  int own(int name) {
    return own[name];
  }

  /// Returns the list of the words of the folder that a name is in.
  int folder(int name) {
    return folders[name];
  }

  /// Returns where a list begins; it ends where the next one begins.
  int start(int list) {
    return starts[list];
  }

  /// Returns the word at a place of the lists.
  int listed(int at) {
    return listed[at];
  }

  /// Gathers names. For one thread.
  static final class Builder {
    private static final int NONE = -1;

    private final Map<List<String>, Integer> numbers = new HashMap<>();

    /// Equal lists once, their words by their ids.
    private final List<int[]> lists = new ArrayList<>();

    /// Words by when they came first.
    private final Map<String, Integer> ids = new HashMap<>();

    /// By id: how many things have a name with the word, and which was the last.
    private int[] counts = new int[16];

    private int[] lastUnits = new int[16];
    private int[] own = new int[16];
    private int[] folders = new int[16];
    private int[] unitOf = new int[16];
    private int names;
    private final int units;

    /// @param units how many things have names
    Builder(int units) {
      this.units = units;
    }

    /// Adds a name of a thing.
    ///
    /// @param unit not less than before
    /// @param words of the name
    /// @param folder words of the folder it is in
    void add(int unit, List<String> words, List<String> folder) {
      if (names == own.length) {
        own = Arrays.copyOf(own, 2 * names);
        folders = Arrays.copyOf(folders, 2 * names);
        unitOf = Arrays.copyOf(unitOf, 2 * names);
      }
      own[names] = list(words);
      folders[names] = list(folder);
      count(own[names], unit);
      count(folders[names], unit);
      unitOf[names++] = unit;
    }

    private int list(List<String> words) {
      Integer known = numbers.putIfAbsent(words, lists.size());
      if (known != null) {
        return known;
      }
      lists.add(words.stream().mapToInt(this::id).toArray());
      return lists.size() - 1;
    }

    private int id(String word) {
      Integer known = ids.putIfAbsent(word, ids.size());
      if (known != null) {
        return known;
      }
      int id = ids.size() - 1;
      if (id == counts.length) {
        counts = Arrays.copyOf(counts, 2 * id);
        lastUnits = Arrays.copyOf(lastUnits, 2 * id);
      }
      lastUnits[id] = NONE;
      return id;
    }

    private void count(int list, int unit) {
      for (int id : lists.get(list)) {
        counts[id] += lastUnits[id] == unit ? 0 : 1;
        lastUnits[id] = unit;
      }
    }

    NameTable build() {
      return new NameTable(this);
    }
  }
}
