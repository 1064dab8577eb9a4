package brimful.extract.ocr;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps the text of pictures on disk, a file for each, by the hash of its pixels and of what read
/// it. When [#FILES_MAX] are there, the older half goes.
///
/// A cache that cannot be read or written is as good as an empty one. Safe for many threads and
/// processes.
public final class OcrCache {
  static final int FILES_MAX = 100_000;

  private final Path folder;
  private final int filesMax;
  private boolean looked;

  public OcrCache(Path folder) {
    this(folder, FILES_MAX);
  }

  OcrCache(Path folder, int filesMax) {
    this.folder = folder;
    this.filesMax = filesMax;
  }

  public Optional<String> text(String key) {
    try {
      return Optional.of(Files.readString(file(key)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  public void put(String key, String text) {
    try {
      makeRoom();
      Path file = file(key);
      Files.createDirectories(file.getParent());
      AtomicFile.write(file, text.getBytes(UTF_8));
    } catch (IOException e) {
      // The next run reads the picture again.
    }
  }

  private Path file(String key) {
    return folder.resolve(key.substring(0, 2)).resolve(key + ".txt");
  }

  /// Looks once a run: no run reads as many pictures as the cache holds.
  private synchronized void makeRoom() throws IOException {
    if (looked || !Files.isDirectory(folder)) {
      return;
    }
    looked = true;
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    if (files.size() < filesMax) {
      return;
    }
    List<Path> oldestFirst =
        files.stream().sorted(Comparator.comparingLong(OcrCache::time)).toList();
    for (Path file : oldestFirst.subList(0, files.size() / 2)) {
      Files.deleteIfExists(file);
    }
  }

  private static long time(Path file) {
    return file.toFile().lastModified();
  }
}
