package brimful.source;

import brimful.corpus.DocumentId;
import brimful.store.ProcessLock;
import java.util.List;
import java.util.Optional;

/// A source whose files cannot be deleted until it is closed.
record LockedSource(Source source, ProcessLock using) implements Source {
  @Override
  public List<Listed> list() {
    return source.list();
  }

  @Override
  public Optional<Listed.File> file(DocumentId id) {
    return source.file(id);
  }

  @Override
  public String location() {
    return source.location();
  }

  @Override
  public void close() {
    source.close();
    using.close();
  }
}
