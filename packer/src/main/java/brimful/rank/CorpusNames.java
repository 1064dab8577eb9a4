package brimful.rank;

import brimful.corpus.DocumentId;
import brimful.corpus.Folding;
import brimful.corpus.PathKind;
import brimful.index.DocumentNumbers;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.rank.reference.NamedFiles;
import java.util.HashMap;
import java.util.List;

/// What the paths of a corpus tell, whatever is asked: made once for a commit. Immutable.
///
/// Documents are numbered in canonical order.
final class CorpusNames {
  private final DocumentNumbers numbers;
  private final List<String> paths;
  private final PathKind[] kinds;
  private final boolean program;
  private final boolean images;
  private final NamedFiles files;
  private final FileNameMatch names;

  CorpusNames(List<Outline> outlines, DocumentNumbers numbers) {
    this.numbers = numbers;
    int size = outlines.size();
    kinds = new PathKind[size];
    var folders = new HashMap<String, PathKind>();
    for (int number = 0; number < size; number++) {
      DocumentId id = outlines.get(number).document();
      int name = id.value().lastIndexOf('/') + 1;
      PathKind folder = folders.computeIfAbsent(id.value().substring(0, name), PathKind::ofFolder);
      kinds[number] = PathKind.lower(folder, PathKind.ofName(id.value().substring(name)));
    }
    paths = outlines.stream().map(outline -> Folding.of(outline.document().value())).toList();
    program = isProgram(paths, kinds);
    images = paths.stream().anyMatch(PathKind::isImage);
    files = new NamedFiles(paths);
    names = new FileNameMatch(paths);
  }

  /// Returns what the paths of a snapshot tell.
  static CorpusNames of(Snapshot snapshot) {
    return snapshot.derived(
        CorpusNames.class, outlines -> new CorpusNames(outlines, DocumentNumbers.of(snapshot)));
  }

  private static boolean isProgram(List<String> paths, PathKind[] kinds) {
    int prose = 0;
    int code = 0;
    for (int number = 0; number < kinds.length; number++) {
      String path = paths.get(number);
      if (NamedFiles.depth(path) <= 1 && PathKind.isBuildFile(NamedFiles.name(path))) {
        return true;
      }
      prose += kinds[number] == PathKind.DOC ? 1 : 0;
      code += kinds[number] == PathKind.SOURCE ? 1 : 0;
    }
    return code > prose;
  }

  /// Returns a document's number; that of the first one for what is no document.
  int number(DocumentId document) {
    return Math.max(0, numbers.of(document));
  }

  /// Returns the folded paths, by number.
  List<String> paths() {
    return paths;
  }

  /// Returns how many documents there are.
  int size() {
    return kinds.length;
  }

  /// Returns the kind of a document.
  PathKind kind(int number) {
    return kinds[number];
  }

  /// Returns whether a document is code or data, which has definitions, and not prose.
  boolean isCode(int number) {
    return kinds[number] != PathKind.DOC;
  }

  /// Returns whether the corpus is a program: a file near its top says how to build it, or it has
  /// more code than prose.
  boolean isProgram() {
    return program;
  }

  /// Returns whether any document is an image.
  boolean hasImages() {
    return images;
  }

  /// Finds the documents that a question names.
  NamedFiles files() {
    return files;
  }

  /// Scores documents by their names.
  FileNameMatch names() {
    return names;
  }
}
