package brimful.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.StandardDirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.StringHelper;

/// One commit of an index: a reader, the catalog of what it reads, and the commit's notes.
///
/// @param lacksTerms whether the items were put without their terms
record IndexView(
    IndexReader reader, OutlineCatalog catalog, Map<String, String> notes, boolean lacksTerms) {
  /// How many chunks and items it takes until a file is read sooner than their records.
  private static final int LARGE = 100_000;

  static IndexView empty() throws IOException {
    var reader = new MultiReader();
    return new IndexView(reader, OutlineCatalog.read(reader), Map.of(), false);
  }

  /// Reads the last commit, if it is one of ours.
  static Optional<IndexView> read(Directory directory, CommitData identity) throws IOException {
    DirectoryReader opened = DirectoryReader.open(directory);
    try {
      Map<String, String> data = opened.getIndexCommit().getUserData();
      if (!identity.isOurs(data)) {
        return Optional.empty();
      }
      var view =
          new IndexView(
              opened,
              opened instanceof StandardDirectoryReader standard
                  ? catalog(standard, directory, LARGE)
                  : OutlineCatalog.read(opened),
              CommitData.notes(data),
              CommitData.lacksTerms(data));
      opened.incRef();
      return Optional.of(view);
    } finally {
      opened.decRef();
    }
  }

  /// Returns the catalog of a commit, from its file if it has one; a large commit gets one.
  ///
  /// @param chunksMin how many chunks make a commit large
  static OutlineCatalog catalog(StandardDirectoryReader reader, Directory directory, int chunksMin)
      throws IOException {
    if (!(directory instanceof FSDirectory folder) || reader.numDocs() < chunksMin) {
      return OutlineCatalog.read(reader);
    }
    Path path = folder.getDirectory().resolve(CatalogFile.NAME);
    byte[] commit = reader.getSegmentInfos().getId();
    Optional<OutlineCatalog> known = CatalogFile.read(path, commit);
    if (known.isPresent()) {
      return known.get();
    }
    OutlineCatalog read = OutlineCatalog.read(reader);
    try {
      CatalogFile.write(path, commit, read);
    } catch (IOException _) {
      // A folder that is read-only, or full: the next one who opens the commit tries again.
      return read;
    }
    return CatalogFile.read(path, commit).orElse(read);
  }

  /// Returns what tells this commit from all others; empty if there is none.
  String id() {
    return reader instanceof StandardDirectoryReader known
        ? StringHelper.idToString(known.getSegmentInfos().getId())
        : "";
  }

  /// Whether it is still the last one.
  boolean isCurrent(Directory directory) throws IOException {
    return reader instanceof DirectoryReader known
        ? known.isCurrent()
        : !DirectoryReader.indexExists(directory);
  }

  void close() throws IOException {
    reader.decRef();
  }
}
