package brimful.dense;

import brimful.corpus.Sha256;
import brimful.rank.Encoder;
import brimful.store.Damage;
import brimful.store.Disk;
import brimful.store.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/// Keeps the vectors of texts on disk, by the encoder's name and the texts' hashes.
///
/// Reading returns the stored bits exactly: vectors are rounded to half precision before their
/// first use. One process has the file at a time; others, and one with a full disk, keep their
/// vectors in memory. A file that exceeds [#BYTES_MAX] when opened starts anew; a damaged one is
/// moved aside, and vectors that changed on disk are computed again.
///
/// Safe for many threads.
public final class EncodingCache implements Encoder, AutoCloseable {
  /// About 300,000 turns of chat or 150,000 chunks of prose. A question adds at most a thousand.
  static final long BYTES_MAX = 256L << 20;

  private static final int KEY_BYTES = 16;
  private static final int MEMORY_MB = 16;

  /// Behind each entry is a checksum: the store has one of its pages' places only.
  private static final int SUM_BYTES = Integer.BYTES;

  /// Goes behind the encoder's name; raise it when the form of an entry changes.
  private static final String FORM = "/2";

  private final Encoder encoder;
  private final MVStore store;
  private final MVMap<String, byte[]> encodings;

  private EncodingCache(Encoder encoder, MVStore store) {
    this.encoder = encoder;
    this.store = store;
    encodings = store.openMap(encoder.name() + FORM);
  }

  /// Opens the cache in a file, whose folder is made if it is not there.
  ///
  /// @param told is given a line when a file was damaged
  public static EncodingCache open(Path file, Encoder encoder, Consumer<String> told) {
    return open(file, encoder, BYTES_MAX, told);
  }

  static EncodingCache open(Path file, Encoder encoder, long bytesMax, Consumer<String> told) {
    try {
      Folders.create(file.toAbsolutePath().resolveSibling(""));
      if (Files.exists(file) && Files.size(file) > bytesMax) {
        Files.delete(file);
      }
      return new EncodingCache(encoder, store(file, told));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot keep encodings in %s: free the place or leave --dense out".formatted(file), e);
    }
  }

  private static MVStore store(Path file, Consumer<String> told) throws IOException {
    var builder = new MVStore.Builder().fileName(file.toString()).cacheSize(MEMORY_MB);
    try {
      return builder.open();
    } catch (MVStoreException e) {
      if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED || Disk.isFull(e, file)) {
        return MVStore.open(null);
      }
      told.accept(
          "the vectors in %s are damaged: computing them again; the damaged ones are now %s"
              .formatted(file, Damage.setAside(file)));
      return builder.open();
    }
  }

  @Override
  public String name() {
    return encoder.name();
  }

  @Override
  public List<List<float[]>> encode(List<String> texts) {
    Map<String, byte[]> known = HashMap.newHashMap(texts.size());
    Map<String, String> missing = new HashMap<>();
    List<String> keys = texts.stream().map(EncodingCache::key).toList();
    for (int i = 0; i < keys.size(); i++) {
      Optional<byte[]> bytes = kept(keys.get(i));
      if (bytes.isEmpty()) {
        missing.put(keys.get(i), texts.get(i));
      } else {
        known.put(keys.get(i), bytes.get());
      }
    }
    known.putAll(made(missing));
    return keys.stream().map(key -> vectors(known.getOrDefault(key, new byte[0]))).toList();
  }

  /// Returns what is kept of a text, if it is what was made.
  private Optional<byte[]> kept(String key) {
    byte[] sealed;
    try {
      sealed = encodings.get(key);
    } catch (MVStoreException | IllegalStateException e) {
      return Optional.empty();
    }
    if (sealed == null || sealed.length < SUM_BYTES + Short.BYTES) {
      return Optional.empty();
    }
    int length = sealed.length - SUM_BYTES;
    return ByteBuffer.wrap(sealed).getInt(length) == sum(sealed, length)
        ? Optional.of(Arrays.copyOf(sealed, length))
        : Optional.empty();
  }

  private void keep(Map<String, byte[]> made) {
    try {
      made.forEach((key, bytes) ->
          encodings.put(
              key,
              ByteBuffer.allocate(bytes.length + SUM_BYTES)
                  .put(bytes)
                  .putInt(sum(bytes, bytes.length))
                  .array()));
    } catch (MVStoreException | IllegalStateException e) {
      // A full disk, or a damaged page: they are made again the next time.
    }
  }

  private static int sum(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private Map<String, byte[]> made(Map<String, String> missing) {
    if (missing.isEmpty()) {
      return Map.of();
    }
    List<String> keys = List.copyOf(missing.keySet());
    List<List<float[]>> vectors =
        encoder.encode(keys.stream().map(key -> missing.getOrDefault(key, "")).toList());
    Map<String, byte[]> made = HashMap.newHashMap(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      made.put(keys.get(i), bytes(vectors.get(i)));
    }
    keep(made);
    return made;
  }

  /// Returns the number of dimensions, and each vector's numbers in half precision.
  private static byte[] bytes(List<float[]> vectors) {
    int dimensions = vectors.getFirst().length;
    ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * (1 + dimensions * vectors.size()));
    bytes.putShort((short) dimensions);
    for (float[] vector : vectors) {
      for (float value : vector) {
        bytes.putShort(Float.floatToFloat16(value));
      }
    }
    return bytes.array();
  }

  private static List<float[]> vectors(byte[] encoding) {
    ByteBuffer bytes = ByteBuffer.wrap(encoding);
    int dimensions = bytes.getShort();
    var vectors = new ArrayList<float[]>();
    while (bytes.hasRemaining()) {
      var vector = new float[dimensions];
      for (int i = 0; i < dimensions; i++) {
        vector[i] = Float.float16ToFloat(bytes.getShort());
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private static String key(String text) {
    return Sha256.hex(text).substring(0, 2 * KEY_BYTES);
  }

  @Override
  public void close() {
    try {
      store.close();
    } catch (MVStoreException e) {
      // A full disk: what is not written is made again the next time.
      store.closeImmediately();
    }
  }
}
