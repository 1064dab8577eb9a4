package brimful.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.store.AtomicFile;
import brimful.store.Damage;
import brimful.store.Folders;
import brimful.store.LockWait;
import brimful.store.ProcessLock;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/// The folder of an index, beside what Lucene keeps in it: who writes it, who uses it, and whether
/// it is damaged. Our own files begin with `brimful.`, a name that Lucene leaves alone.
record IndexFolder(Path path) {
  private static final String DRAFT = "copy-";
  private static final String COMMIT = "segments_";
  private static final int LINK_ATTEMPTS_MAX = 5;
  private static final String OWN = "brimful.";
  private static final String WRITING = OWN + "lock";
  private static final String USING = OWN + "use";
  private static final String DAMAGED = OWN + "damaged";

  /// Readers write catalogs, too, in seconds. One whose draft is deleted all the same, after a
  /// pause of the machine, goes on without.
  private static final Duration STALE_AFTER = Duration.ofHours(1);

  /// Whoever excludes users deletes the folder, which takes a moment.
  private static final LockWait DELETION = LockWait.quiet(Duration.ofSeconds(10));

  /// What is gathered in memory before it goes to disk: 65 MB of code never need it. In a small
  /// heap it is less.
  private static final double RAM_BUFFER_MB =
      Math.min(128, Runtime.getRuntime().maxMemory() / (double) (8 << 20));

  /// Takes the right to write, and deletes what killed processes have left of catalogs.
  ProcessLock write(LockWait lockWait) {
    ProcessLock lock = ProcessLock.take(path.resolve(WRITING), lockWait, "is writing this index");
    AtomicFile.deleteStaleDrafts(path.resolve(CatalogFile.NAME), STALE_AFTER);
    return lock;
  }

  /// Takes the right to write if nobody has it.
  Optional<ProcessLock> tryWrite() {
    return ProcessLock.tryTake(path.resolve(WRITING));
  }

  /// Says that the index is in use, so that nobody deletes it; empty in a folder that cannot be
  /// written, where nobody deletes anything.
  Optional<ProcessLock> use() {
    try {
      return Optional.of(
          ProcessLock.share(path.resolve(USING), DELETION, "is deleting this index"));
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /// Excludes all users; empty if there is one.
  Optional<ProcessLock> exclude() {
    return ProcessLock.tryTake(path.resolve(USING));
  }

  /// Remembers that what was read is not what was written.
  void markDamaged(String reason) {
    try {
      Files.writeString(path.resolve(DAMAGED), reason);
    } catch (IOException _) {
      // The next reader will find the damage again.
    }
  }

  /// Returns what was found to be damaged; empty if nothing was.
  Optional<String> damage() {
    Path mark = path.resolve(DAMAGED);
    try {
      return Files.exists(mark) ? Optional.of(Files.readString(mark, UTF_8)) : Optional.empty();
    } catch (IOException e) {
      return Optional.of("marked as damaged");
    }
  }

  /// Moves a damaged index out of the way; the caller has the right to write.
  ///
  /// @return where it is now
  Path setAside() throws IOException {
    Path aside = Damage.free(path);
    Folders.create(aside);
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (name.equals(DAMAGED) || isData(name)) {
        Files.move(file, aside.resolve(name));
      }
    }
    return aside;
  }

  private static boolean isData(String name) {
    // Drafts of our own files begin with a dot.
    boolean own = name.startsWith(OWN) || name.startsWith("." + OWN);
    return !own && !name.equals(IndexWriter.WRITE_LOCK_NAME);
  }

  /// Returns the files that make the index.
  List<Path> data() throws IOException {
    return files().stream().filter(file -> isData(file.getFileName().toString())).toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /// Ends a writer without a commit, and deletes what it has written.
  static void rollBack(IndexWriter writer, Directory directory) {
    try {
      writer.rollback();
    } catch (IOException | RuntimeException _) {
      // What broke it was told, and the folder is swept.
    }
    sweep(directory);
  }

  /// Deletes what a writer that failed has left, which no commit holds; the caller has the right to
  /// write, and no writer is open.
  static void sweep(Directory directory) {
    try {
      Set<String> kept = new HashSet<>();
      if (DirectoryReader.indexExists(directory)) {
        SegmentInfos commit = SegmentInfos.readLatestCommit(directory);
        kept.addAll(commit.files(true));
      }
      for (String file : directory.listAll()) {
        if (isData(file) && !kept.contains(file)) {
          directory.deleteFile(file);
        }
      }
    } catch (IOException _) {
      // The next writer deletes them when it begins.
    }
  }

  /// Gives another folder the same index, by links, or by copies where the file system has none.
  void copyTo(Path to) throws IOException {
    Path draft = new IndexFolder(to).draft();
    try {
      for (Path file : data()) {
        Path target = draft.resolve(file.getFileName().toString());
        link(file, target);
      }
      Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Folders.delete(draft);
    }
  }

  /// Makes an empty folder beside this one, for an index that is not whole yet.
  Path draft() throws IOException {
    Path parent = path.toAbsolutePath().resolveSibling("");
    Folders.create(parent);
    return Files.createTempDirectory(parent, DRAFT);
  }

  /// Gives an empty folder the files of the last commit, which others may replace meanwhile.
  ///
  /// @return false if there is no commit
  boolean linkCommit(Path to) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (Directory directory = MMapDirectory.open(path)) {
        if (!DirectoryReader.indexExists(directory)) {
          return false;
        }
        for (String name : SegmentInfos.readLatestCommit(directory).files(true)) {
          link(path.resolve(name), to.resolve(name));
        }
        return true;
      } catch (NoSuchFileException | FileNotFoundException e) {
        // A writer has committed and deleted what its commit replaced.
        if (attempt == LINK_ATTEMPTS_MAX) {
          throw e;
        }
        for (Path file : new IndexFolder(to).files()) {
          Files.delete(file);
        }
      }
    }
  }

  /// Whether there is an index of this program's format.
  boolean isReadable() throws IOException {
    try (Directory directory = MMapDirectory.open(path)) {
      return damage().isEmpty()
          && DirectoryReader.indexExists(directory)
          && CommitData.isFormat(
              SegmentInfos.readLatestCommit(directory).getUserData(), LuceneIndex.FORMAT);
    }
  }

  /// Returns the notes of the last commit.
  Map<String, String> notes() throws IOException {
    try (Directory directory = MMapDirectory.open(path)) {
      return CommitData.notes(SegmentInfos.readLatestCommit(directory).getUserData());
    }
  }

  /// Whether there is an index with these marks.
  boolean holds(CommitData identity) throws IOException {
    try (Directory directory = MMapDirectory.open(path)) {
      return DirectoryReader.indexExists(directory)
          && identity.isOurs(SegmentInfos.readLatestCommit(directory).getUserData());
    }
  }

  /// Takes the files of a draft in the place of its own; the caller has the right to write.
  void take(IndexFolder draft) throws IOException {
    for (Path file : data()) {
      Files.delete(file);
    }
    // The file that names the others comes last.
    List<Path> files = new ArrayList<>(draft.data());
    files.sort(Comparator.comparing(file -> file.getFileName().toString().startsWith(COMMIT)));
    for (Path file : files) {
      Files.move(file, path.resolve(file.getFileName().toString()));
    }
  }

  private static void link(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException | FileSystemException _) {
      Files.copy(from, to);
    }
  }

  /// Returns how a writer works.
  static IndexWriterConfig config() {
    // One file a segment: fewer to open and map when a fresh process reads.
    var merges = new TieredMergePolicy();
    merges.setNoCFSRatio(1);
    return new IndexWriterConfig()
        .setRAMBufferSizeMB(RAM_BUFFER_MB)
        .setMergePolicy(merges)
        .setUseCompoundFile(true)
        .setCommitOnClose(false);
  }
}
