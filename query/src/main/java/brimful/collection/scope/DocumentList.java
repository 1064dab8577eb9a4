package brimful.collection.scope;

import brimful.collection.Corpus;
import brimful.corpus.DocumentId;
import java.util.Set;
import java.util.function.Consumer;

/// A part of a corpus that lists its documents, as `git ls-files` prints them.
///
/// @param ids of the documents; members of a listed archive or mail belong to it, too
/// @param notes receives a line about listed files that the corpus lacks
public record DocumentList(Set<String> ids, Consumer<String> notes) {
  public DocumentList {
    ids = Set.copyOf(ids);
  }

  /// Returns these documents of a corpus.
  public Corpus of(Corpus corpus) {
    return new ScopedCorpus(
        corpus,
        "the list of files",
        "the list of files on standard input names",
        "list files of this folder that rules do not leave out, or name those as PATHs",
        this::has,
        this::tellMissing);
  }

  private boolean has(DocumentId id) {
    String path = id.value();
    if (ids.contains(path)) {
      return true;
    }
    int member = path.indexOf("!/");
    return member > 0 && ids.contains(path.substring(0, member));
  }

  private void tellMissing(Set<DocumentId> there) {
    var missing =
        ids.stream()
            .filter(id -> there.stream().noneMatch(one -> one.value().equals(id)))
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      notes.accept(
          "%s of %s listed files are not read, such as %s: they do not exist, lie outside of this folder, have names that are not UTF-8, or git or .brimfulignore leaves them out; name those, or their folder, as PATHs"
              .formatted(missing.size(), ids.size(), missing.getFirst()));
    }
  }
}
