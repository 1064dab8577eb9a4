package brimful.rank;

import brimful.corpus.PathKind;
import brimful.rank.reference.NamedFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Scores documents by how well a question says their file names.
///
/// The name of a package file such as `mod.rs` or `index.ts` is that of its folder.
final class FileNameMatch {
  private final NameTable names;
  private final int documents;

  /// The words of a file's name and of its folder's.
  private record Name(List<String> words, List<String> folder) {}

  /// @param paths of all documents, by number
  FileNameMatch(List<String> paths) {
    documents = paths.size();
    var folders = new HashMap<String, List<String>>();
    var builder = new NameTable.Builder(documents);
    for (int number = 0; number < documents; number++) {
      Name name = name(paths.get(number), folders);
      builder.add(number, name.words, name.folder);
    }
    names = builder.build();
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
    return names.find(word) >= 0;
  }

  /// Returns each document's score by number, 0 to 1.
  float[] scores(QuestionWords question) {
    var match = new NameMatch(question, names);
    var scores = new float[documents];
    for (int word : match.words()) {
      for (int at = 0; at < names.with(word); at++) {
        int number = names.unit(word, at);
        if (scores[number] == 0) {
          scores[number] = match.score(number);
        }
      }
    }
    return scores;
  }
}
