package brimful.rank;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Scores documents by how much of their file name a question contains, whatever the spacing.
///
/// "American Water Works in FY2020" contains `AMERICANWATERWORKS_2020_10K.pdf`. Rare parts count
/// more, as rare words do.
final class NameParts {
  /// How many words of a question are joined to match a part.
  private static final int JOINED_MAX = 4;

  private static final int WORDS_MAX = 2_000;

  /// A year, wherever it occurs, or the text between years and other separators.
  private static final Pattern PART =
      Pattern.compile("(?:19|20)\\d\\d|(?:(?!(?:19|20)\\d\\d)[\\p{L}\\p{N}])++");

  private final List<List<String>> partsOf = new ArrayList<>();
  private final Map<String, Integer> documentsWith = new HashMap<>();

  /// @param paths of all documents, by number
  NameParts(List<String> paths) {
    for (String path : paths) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      int dot = name.lastIndexOf('.');
      List<String> parts = parts(dot > 0 ? name.substring(0, dot) : name);
      partsOf.add(parts);
      new HashSet<>(parts).forEach(part -> documentsWith.merge(part, 1, Integer::sum));
    }
  }

  /// Returns each document's score by number, at least 0.
  float[] scores(String question) {
    Set<String> said = said(question);
    var scores = new float[partsOf.size()];
    for (int number = 0; number < scores.length; number++) {
      for (String part : partsOf.get(number)) {
        if (part.length() > 1 && said.contains(part)) {
          int with = documentsWith.getOrDefault(part, 1);
          scores[number] += (float) Math.log(1 + (scores.length - with + 0.5) / (with + 0.5));
        }
      }
    }
    return scores;
  }

  private static Set<String> said(String question) {
    List<String> words = parts(question);
    var said = new HashSet<String>();
    for (int first = 0; first < Math.min(WORDS_MAX, words.size()); first++) {
      var joined = new StringBuilder();
      for (int i = first; i < Math.min(words.size(), first + JOINED_MAX); i++) {
        said.add(joined.append(words.get(i)).toString());
      }
    }
    return said;
  }

  private static List<String> parts(String text) {
    var parts = new ArrayList<String>();
    Matcher part = PART.matcher(text.toLowerCase(Locale.ROOT));
    while (part.find()) {
      parts.add(part.group());
    }
    return parts;
  }
}
