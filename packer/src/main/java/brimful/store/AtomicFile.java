package brimful.store;

import brimful.corpus.DiskSpace;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/// Writes files that exist as a whole or not at all, even after a power failure.
///
/// The bytes go to a draft beside the file and are flushed to disk before the draft takes the
/// file's name. A draft that cannot be finished is deleted. A symbolic link stays a link; its
/// target is replaced.
public final class AtomicFile {
  private static final Set<Path> STREAMS = Set.of(Path.of("/dev/stdout"), Path.of("/dev/stderr"));

  private static final int UUID_CHARACTERS = 36;
  private static final String DRAFT_END = ".part";

  private AtomicFile() {}

  /// Writes a file's bytes.
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /// Replaces a file that only its owner may read. Creates its folder if needed.
  public static void write(Path file, byte[] bytes) throws IOException {
    Folders.create(folder(file));
    replace(file, out -> out.write(bytes), Folders.ownerOnly(folder(file), "rw-------"));
  }

  /// Replaces a file that others may read as far as the process's umask permits.
  public static void publish(Path file, Content content) throws IOException {
    Files.createDirectories(folder(file));
    replace(file, content, new FileAttribute<?>[0]);
  }

  /// Replaces a file that a person named, in a folder that exists.
  ///
  /// A file that is there keeps its owner and permissions. What is no regular file, such as a pipe,
  /// and a file that cannot be replaced, because its folder takes no draft or it is a mount of its
  /// own, is written in place. A stop of this process deletes the draft.
  ///
  /// @param content is written a second time if the file turns out not to be replaceable
  public static void overwrite(Path file, Content content) throws IOException {
    if (!isReplaceable(file) || !isReplaced(target(file), content)) {
      try (OutputStream out = Files.newOutputStream(file)) {
        content.write(out);
      }
    }
  }

  /// A link that leads nowhere, and a file that must not be written, are left to the system.
  private static boolean isReplaceable(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    return Files.isRegularFile(file)
        && Files.isWritable(file)
        && !isStream(file)
        && !(Files.isSymbolicLink(file)
            && isStream(file.resolveSibling(Files.readSymbolicLink(file))));
  }

  /// Standard output is one, also where it goes to a file, in which others write, too.
  private static boolean isStream(Path file) {
    Path path = file.toAbsolutePath().normalize();
    return path.startsWith("/dev/fd") || path.startsWith("/proc") || STREAMS.contains(path);
  }

  private static boolean isReplaced(Path target, Content content) throws IOException {
    Path draft = draft(target);
    draft.toFile().deleteOnExit();
    try {
      if (!isDone(() -> prepare(draft, target))) {
        return false;
      }
      write(draft, Set.of(StandardOpenOption.WRITE), content);
      if (!isDone(() -> move(draft, target))) {
        return false;
      }
    } finally {
      // A name that is too long cannot even be deleted.
      if (Files.exists(draft, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(draft);
      }
    }
    force(folder(target));
    return true;
  }

  /// What is done to files as a whole.
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /// Returns whether the file system lets it be done. Without space, nothing else can be, either.
  private static boolean isDone(Step step) throws IOException {
    try {
      step.run();
      return true;
    } catch (FileSystemException e) {
      if (DiskSpace.isExhausted(e)) {
        throw e;
      }
      return false;
    }
  }

  /// Makes an empty draft that belongs to whom the file belongs to.
  private static void prepare(Path draft, Path target) throws IOException {
    Files.createFile(draft);
    var view = Files.getFileAttributeView(draft, PosixFileAttributeView.class);
    if (view == null || !Files.exists(target)) {
      return;
    }
    PosixFileAttributes kept = Files.readAttributes(target, PosixFileAttributes.class);
    PosixFileAttributes made = view.readAttributes();
    if (!made.group().equals(kept.group())) {
      view.setGroup(kept.group());
    }
    if (!made.owner().equals(kept.owner())) {
      view.setOwner(kept.owner());
    }
    view.setPermissions(kept.permissions());
  }

  /// Stays open when a writer closes it, because the bytes must still be flushed to disk.
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  private static void replace(Path file, Content content, FileAttribute<?>[] attributes)
      throws IOException {
    Path target = target(file);
    Path draft = draft(target);
    try {
      write(
          draft,
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          content,
          attributes);
      move(draft, target);
    } finally {
      Files.deleteIfExists(draft);
    }
    force(folder(target));
  }

  private static Path target(Path file) throws IOException {
    return Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  private static Path draft(Path target) {
    return target.resolveSibling(
        ".%s.%s%s".formatted(target.getFileName(), UUID.randomUUID(), DRAFT_END));
  }

  /// Deletes the drafts of a file that nobody has written to for a time: killed processes have left
  /// them. What cannot be deleted stays.
  public static void deleteStaleDrafts(Path file, Duration age) {
    // No pattern: a name may have its characters.
    String start = ".%s.".formatted(file.getFileName());
    int length = start.length() + UUID_CHARACTERS + DRAFT_END.length();
    DirectoryStream.Filter<Path> isDraft =
        one -> {
          String name = one.getFileName().toString();
          return name.length() == length && name.startsWith(start) && name.endsWith(DRAFT_END);
        };
    Instant before = Instant.now().minus(age);
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder(file), isDraft)) {
      for (Path draft : drafts) {
        if (Files.getLastModifiedTime(draft).toInstant().isBefore(before)) {
          Files.deleteIfExists(draft);
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // The next one tries again.
    }
  }

  private static void write(
      Path draft, Set<OpenOption> options, Content content, FileAttribute<?>... attributes)
      throws IOException {
    try (FileChannel channel = FileChannel.open(draft, options, attributes);
        var out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      content.write(new Unclosed(out));
      out.flush();
      channel.force(true);
    }
  }

  private static void move(Path draft, Path target) throws IOException {
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Makes a rename durable where the system lets a folder be opened.
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException _) {
      // Windows has no such call and keeps renames in its journal.
    }
  }
}
