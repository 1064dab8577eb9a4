package brimful.upload;

import brimful.bucket.BucketAddress;
import brimful.bucket.ObjectStore;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.source.Listed;
import brimful.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Uploads whose names are here and whose bytes are objects, each called by its hash.
///
/// @param objects where they are
/// @param notes the names
record NotedSource(ObjectStore store, BucketAddress objects, Source notes) implements Source {

  @Override
  public List<Listed> list() {
    return notes.list().stream().map(this::object).toList();
  }

  private Listed object(Listed listed) {
    return switch (listed) {
      case Listed.Left left -> left;
      case Listed.File file -> object(file);
    };
  }

  private Listed object(Listed.File file) {
    Optional<UploadNote> note;
    try (InputStream in = file.content().open()) {
      note = UploadNote.read(in);
    } catch (IOException e) {
      return failed(file, "its note cannot be read (%s): make it readable".formatted(kind(e)));
    }
    return note.<Listed>map(read -> object(file.id(), read))
        .orElseGet(() -> failed(file, "is not in %s: upload it again".formatted(objects)));
  }

  private static Listed failed(Listed.File file, String cause) {
    return new Listed.Left(file.id(), new Outcome.Failed(cause));
  }

  private static String kind(IOException e) {
    return e.getClass().getSimpleName();
  }

  private Listed.File object(DocumentId id, UploadNote note) {
    String key = objects.below(note.sha256()).prefix();
    return new Listed.File(id, note.sha256(), note.bytes(), new Bytes(key));
  }

  /// The bytes of an object.
  private final class Bytes implements Listed.Content {
    private final String key;

    Bytes(String key) {
      this.key = key;
    }

    @Override
    public InputStream open() {
      return store.read(objects.bucket(), key);
    }

    @Override
    public boolean mayBeAway() {
      return true;
    }
  }

  @Override
  public DocumentId stored(Listed.File file) {
    return DocumentId.of(file.stamp());
  }

  @Override
  public String location() {
    return objects.toString();
  }

  @Override
  public void close() {
    notes.close();
  }
}
