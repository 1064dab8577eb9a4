package brimful.rank;

import brimful.corpus.PathKind;
import brimful.rank.reference.NamedFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Scores documents by how well a question says their file names.
///
/// The name of a package file such as `mod.rs` or `index.ts` is that of its folder.
final class FileNameMatch {
  private final List<Name> names = new ArrayList<>();
  private final NavigableMap<String, Integer> namesWith = new TreeMap<>();
  private final Map<String, int[]> numbersWith;

  /// The words of a file's name and of its folder's.
  private record Name(List<String> words, List<String> folder) {}

  /// @param paths of all documents, by number
  FileNameMatch(List<String> paths) {
    var folders = new HashMap<String, List<String>>();
    for (String path : paths) {
      Name name = name(path, folders);
      names.add(name);
      var words = new HashSet<>(name.words);
      words.addAll(name.folder);
      words.forEach(word -> namesWith.merge(word, 1, Integer::sum));
    }
    numbersWith = numbersWith();
  }

  /// Returns the numbers of the names with each word, in rising order.
  private Map<String, int[]> numbersWith() {
    Map<String, int[]> numbers = HashMap.newHashMap(namesWith.size());
    Map<String, Integer> found = HashMap.newHashMap(namesWith.size());
    for (int number = 0; number < names.size(); number++) {
      var words = new HashSet<>(names.get(number).words);
      words.addAll(names.get(number).folder);
      for (String word : words) {
        int at = found.merge(word, 1, Integer::sum) - 1;
        numbers.computeIfAbsent(word, each -> new int[namesWith.getOrDefault(each, 0)])[at] =
            number;
      }
    }
    return numbers;
  }

  private static Name name(String path, Map<String, List<String>> folders) {
    String folder = folder(path);
    String file = path.substring(folder.isEmpty() ? 0 : folder.length() + 1);
    int dot = file.lastIndexOf('.');
    String stem = dot > 0 ? file.substring(0, dot) : file;
    return PathKind.isPackageFile(file) && !folder.isEmpty()
        ? new Name(last(folder, folders), last(folder(folder), folders))
        : new Name(NameWords.stems(stem), last(folder, folders));
  }

  private static List<String> last(String folder, Map<String, List<String>> folders) {
    return folders.computeIfAbsent(NamedFiles.name(folder), NameWords::stems);
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /// Returns whether a word without its ending is part of a file's or folder's name.
  boolean isNamed(String word) {
    return namesWith.containsKey(word);
  }

  /// Returns each document's score by number, 0 to 1.
  float[] scores(QuestionWords question) {
    var match = new NameMatch(question, namesWith, names.size());
    var scores = new float[names.size()];
    for (String word : match.words()) {
      for (int number : numbersWith.getOrDefault(word, new int[0])) {
        if (scores[number] == 0) {
          scores[number] = match.score(names.get(number).words, names.get(number).folder);
        }
      }
    }
    return scores;
  }
}
