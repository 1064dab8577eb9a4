package brimful.collection.library;

import brimful.collection.Home;
import brimful.collection.IndexNote;
import brimful.index.IndexFiles;
import brimful.index.LuceneIndex;
import brimful.source.Sources;
import brimful.source.copy.CopyFolder;
import brimful.source.forge.ForgeAddress;
import brimful.store.Damage;
import brimful.store.Folders;
import brimful.store.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Everything that can be made again from files elsewhere: indexes and clones. A server's
/// collections are not part of it, and neither are the clones that they read, directly, as a
/// repository of an organisation or as a submodule: those are listed and never deleted.
///
/// Reads the folders anew at each call.
public record CacheFolder(Home home) {
  /// Prefix of an index that was being copied when its process was killed.
  private static final String DRAFT = "copy-";

  /// The kinds of entries.
  public enum Kind {
    INDEX,
    READER,
    CLONE,
    LEFTOVER
  }

  /// One folder of the cache.
  ///
  /// @param purpose what it was made from, in words for people
  /// @param needs the names of the clones that it reads, and the organisations
  /// @param unneeded why it is no longer needed; empty if it may be
  /// @param kept whether a collection reads it
  public record Entry(
      Path path,
      Kind kind,
      long bytes,
      Instant used,
      String purpose,
      List<String> needs,
      String unneeded,
      boolean kept) {
    public Entry {
      needs = List.copyOf(needs);
    }

    private Entry(
        Path path,
        Kind kind,
        long bytes,
        Instant used,
        String purpose,
        List<String> needs,
        String unneeded) {
      this(path, kind, bytes, used, purpose, needs, unneeded, false);
    }
  }

  /// Returns all entries, the largest first.
  public List<Entry> entries() throws IOException {
    return entries(_ -> true);
  }

  /// Returns the entries that are not needed, or were last used before a time; none that a
  /// collection reads. A clone goes with the last index that was made from it.
  public List<Entry> unneeded(Instant usedBefore) throws IOException {
    return without(entry -> !entry.unneeded().isEmpty() || entry.used().isBefore(usedBefore));
  }

  /// Returns all entries but those that a collection reads.
  public List<Entry> deletable() throws IOException {
    return without(_ -> true);
  }

  private List<Entry> without(Predicate<Entry> goes) throws IOException {
    Predicate<Entry> gone = entry -> !entry.kept() && goes.test(entry);
    return entries(gone.negate()).stream().filter(gone).toList();
  }

  private List<Entry> entries(Predicate<Entry> stays) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path each : children(home.indexes())) {
      entries.add(index(each));
    }
    for (Path each : children(home.readers())) {
      entries.add(reader(each));
    }
    List<CopyFolder> copies = new ArrayList<>();
    for (Path each : children(home.git().resolve("git"))) {
      if (isLeftover(each)) {
        entries.add(leftover(each));
      } else {
        copies.add(new CopyFolder(each));
      }
    }
    Set<String> kept = new HashSet<>();
    locations(home.library()).forEach(location -> kept.addAll(needs(location)));
    Set<String> needed = new HashSet<>(kept);
    entries.stream().filter(stays).forEach(entry -> needed.addAll(entry.needs()));
    Set<CopyFolder> keptCopies = reached(copies, kept);
    Set<CopyFolder> neededCopies = reached(copies, needed);
    for (CopyFolder copy : copies) {
      entries.add(clone(copy, neededCopies.contains(copy), keptCopies.contains(copy)));
    }
    entries.sort(Comparator.comparingLong(Entry::bytes).reversed().thenComparing(Entry::path));
    return entries;
  }

  private static Entry index(Path path) throws IOException {
    if (isLeftover(path)) {
      return leftover(path);
    }
    Optional<IndexNote> note = IndexNote.read(path);
    String unneeded = "made by an older version";
    if (note.isPresent() && note.get().format().equals(LuceneIndex.FORMAT)) {
      unneeded = gone(note.get().locations());
    }
    return new Entry(
        path,
        Kind.INDEX,
        Folders.bytes(path),
        IndexNote.used(path),
        note.map(is -> String.join(" ", is.locations()) + " (" + is.tokenizer() + ")")
            .orElse("unknown"),
        note.map(CacheFolder::needs).orElse(List.of()),
        unneeded);
  }

  /// Folders of older versions, kept for `mcp DIR` and LangChain4j, which now share [Home#indexes].
  private static Entry reader(Path path) throws IOException {
    if (Damage.isAside(path)) {
      return leftover(path);
    }
    List<String> locations = locations(path);
    return new Entry(
        path,
        Kind.READER,
        Folders.bytes(path),
        Files.getLastModifiedTime(path).toInstant(),
        String.join(" ", locations.stream().map(Sources::shown).toList()),
        List.of(),
        "made by an older version");
  }

  private static Entry clone(CopyFolder copy, boolean needed, boolean kept) throws IOException {
    return new Entry(
        copy.path(),
        Kind.CLONE,
        Folders.bytes(copy.path()),
        copy.used(),
        copy.address().orElse("unknown"),
        List.of(),
        needed ? "" : "no index needs it",
        kept);
  }

  /// Returns the copies that are needed, and those of their submodules.
  ///
  /// @param needs names of copies, and organisations
  private static Set<CopyFolder> reached(List<CopyFolder> copies, Set<String> needs) {
    Set<CopyFolder> reached = new HashSet<>();
    Set<String> users = new HashSet<>(needs);
    boolean more = true;
    while (more) {
      more = false;
      for (CopyFolder copy : copies) {
        boolean isNeeded =
            needs.contains(copy.path().getFileName().toString())
                || copy.users().stream().anyMatch(users::contains);
        if (isNeeded && reached.add(copy)) {
          copy.address().ifPresent(users::add);
          more = true;
        }
      }
    }
    return reached;
  }

  private static List<String> needs(IndexNote note) {
    var needs = new ArrayList<>(note.copies());
    note.locations().forEach(location -> needs.addAll(needs(location)));
    return needs;
  }

  /// Returns the name of the copy of a location, or the organisation that it is.
  private static List<String> needs(String location) {
    return ForgeAddress.isMeant(location)
        ? List.of(ForgeAddress.of(location).organization())
        : copyName(location).stream().toList();
  }

  private static Entry leftover(Path path) throws IOException {
    return new Entry(
        path,
        Kind.LEFTOVER,
        Folders.bytes(path),
        Files.getLastModifiedTime(path).toInstant(),
        path.getFileName().toString(),
        List.of(),
        Damage.isAside(path) ? "set aside as damaged" : "left behind");
  }

  private static boolean isLeftover(Path path) {
    return Damage.isAside(path) || path.getFileName().toString().startsWith(DRAFT);
  }

  /// Returns why these locations can no longer be read; empty if they may be.
  private static String gone(List<String> locations) {
    return locations.stream()
        .filter(location -> !Sources.isThere(location))
        .findFirst()
        .map(location -> location + " is gone")
        .orElse("");
  }

  private static Optional<String> copyName(String location) {
    return Sources.copy(location, Path.of("")).map(copy -> copy.getFileName().toString());
  }

  /// Returns the sources of the collections in a folder.
  private static List<String> locations(Path collections) {
    return Files.isDirectory(collections)
        ? new CollectionFiles(collections, "any")
            .read().values().stream()
                .flatMap(collection -> collection.sources().stream())
                .filter(source -> !source.isUploads())
                .map(CollectionSource::location)
                .toList()
        : List.of();
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).sorted().toList();
    }
  }

  /// Deletes an entry, unless a process uses it.
  ///
  /// @return false if one does
  public boolean delete(Entry entry) throws IOException {
    return switch (entry.kind()) {
      case INDEX -> IndexFiles.delete(entry.path());
      case CLONE -> new CopyFolder(entry.path()).delete();
      case READER -> deleteReader(entry.path());
      case LEFTOVER -> {
        Folders.delete(entry.path());
        yield true;
      }
    };
  }

  private static boolean deleteReader(Path path) throws IOException {
    // A process of an older version may still use it.
    Path using = path.resolveSibling(path.getFileName() + ".use");
    Optional<ProcessLock> alone = ProcessLock.tryTake(using);
    if (alone.isEmpty()) {
      return false;
    }
    try (ProcessLock _ = alone.get()) {
      Folders.delete(path);
    }
    Files.deleteIfExists(using);
    Files.deleteIfExists(path.resolveSibling(path.getFileName() + ".change"));
    return true;
  }
}
