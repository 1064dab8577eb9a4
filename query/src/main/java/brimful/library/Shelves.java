package brimful.library;

import brimful.corpus.UserError;
import brimful.queue.CollectionKey;
import brimful.store.Patience;
import brimful.store.ProcessLock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The collections of a library, as they are in its files. Safe for many threads.
final class Shelves {
  /// A change takes milliseconds.
  private static final Patience CHANGE = Patience.quiet(Duration.ofSeconds(10));

  private final ShelfFiles files;
  private final Path folder;
  private final Tenancy tenancy;
  private final String tokenizer;
  private final Map<String, Shelf> byName;

  Shelves(Path folder, String tokenizer, Tenancy tenancy) {
    files = new ShelfFiles(folder, tokenizer);
    this.folder = folder;
    this.tenancy = tenancy;
    this.tokenizer = tokenizer;
    byName = files.read();
  }

  /// Where others may change them, they may be others at any time.
  private void look() {
    if (tenancy != Tenancy.ALONE) {
      byName.clear();
      byName.putAll(files.read());
    }
  }

  /// @throws UserError if another process keeps them
  void requireWriting() {
    if (tenancy == Tenancy.READING) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "these collections are only read here: change them where they are served");
    }
  }

  /// Returns all, by name.
  synchronized List<Shelf> all() {
    look();
    return List.copyOf(byName.values());
  }

  /// @throws UserError if there is none of that name
  synchronized Shelf get(String name) {
    look();
    Shelf shelf = byName.get(name);
    if (shelf == null) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "no collection is called %s: create it, or see the list".formatted(name));
    }
    return shelf;
  }

  /// Returns a collection as it is now.
  ///
  /// @throws UserError if it was deleted, though there may be another one of its name
  synchronized Shelf now(Shelf shelf) {
    Shelf now = byName.get(shelf.name());
    if (now == null || !now.folder().equals(shelf.folder())) {
      throw new UserError(
          UserError.Kind.NOT_FOUND, "collection %s was deleted".formatted(shelf.name()));
    }
    return now;
  }

  synchronized Shelf create(String name, Instant now) {
    var _ = new CollectionKey(name, tokenizer);
    return alone(() -> created(name, now));
  }

  private Shelf created(String name, Instant now) {
    if (byName.containsKey(name)) {
      throw new UserError(
          UserError.Kind.CONFLICT, "there is a collection %s already: add to it".formatted(name));
    }
    var shelf = new Shelf(name, ShelfFiles.fresh(name), now, List.of());
    put(shelf);
    return shelf;
  }

  /// Forgets a collection; its folder stays.
  synchronized void delete(Shelf shelf) {
    requireWriting();
    files.markDeleted(now(shelf));
    byName.remove(shelf.name());
  }

  /// Changes a collection, unless it is gone: another one of its name stays as it is.
  ///
  /// @return the collection as it is now
  /// @throws UserError if it is gone
  synchronized Shelf change(Shelf shelf, UnaryOperator<Shelf> change) {
    return alone(() -> {
      Shelf changed = change.apply(now(shelf));
      put(changed);
      return changed;
    });
  }

  /// Changes something, while no other process does.
  private Shelf alone(Supplier<Shelf> change) {
    requireWriting();
    if (tenancy == Tenancy.ALONE) {
      return change.get();
    }
    Path file = folder.resolveSibling(folder.getFileName() + ".change");
    try (ProcessLock _ = ProcessLock.take(file, CHANGE, "is changing these collections")) {
      look();
      return change.get();
    }
  }

  private void put(Shelf shelf) {
    files.write(shelf);
    byName.put(shelf.name(), shelf);
  }

  /// Returns where a collection's things are kept.
  Path folder(Shelf shelf) {
    return files.folder(shelf);
  }

  /// Returns the folders of collections that were deleted and are not gone yet.
  List<Path> deleted() {
    return files.deleted();
  }
}
