package brimful.ask;

import brimful.rank.Encoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/// Keeps what an encoder made of texts on disk, by the encoder's name and the texts' hashes.
///
/// What is read from it is what was made, to the bit: vectors are rounded to half precision before
/// they are handed out the first time. One process has the file at a time, another one meanwhile
/// keeps its vectors in memory. A file that is damaged, or larger than [#BYTES_MAX] when it is
/// opened, begins anew: it holds nothing that cannot be made again.
///
/// Safe for many threads.
public final class EncodingCache implements Encoder, AutoCloseable {
  /// The vectors of about 300,000 turns of chat or 150,000 chunks of prose. A question adds at most
  /// a thousand.
  static final long BYTES_MAX = 256L << 20;

  private static final int KEY_BYTES = 16;
  private static final int MEMORY_MB = 16;

  private final Encoder encoder;
  private final MVStore store;
  private final MVMap<String, byte[]> encodings;

  private EncodingCache(Encoder encoder, MVStore store) {
    this.encoder = encoder;
    this.store = store;
    encodings = store.openMap(encoder.name());
  }

  /// Opens the cache in a file, whose folder is made if it is not there.
  public static EncodingCache open(Path file, Encoder encoder) {
    return open(file, encoder, BYTES_MAX);
  }

  static EncodingCache open(Path file, Encoder encoder, long bytesMax) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (Files.exists(file) && Files.size(file) > bytesMax) {
        Files.delete(file);
      }
      return new EncodingCache(encoder, store(file));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot keep encodings in %s: free the place or leave --dense out".formatted(file), e);
    }
  }

  private static MVStore store(Path file) throws IOException {
    var builder = new MVStore.Builder().fileName(file.toString()).cacheSize(MEMORY_MB);
    try {
      return builder.open();
    } catch (MVStoreException e) {
      if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
        return MVStore.open(null);
      }
      Files.deleteIfExists(file);
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
      byte[] bytes = encodings.get(keys.get(i));
      if (bytes == null) {
        missing.put(keys.get(i), texts.get(i));
      } else {
        known.put(keys.get(i), bytes);
      }
    }
    known.putAll(made(missing));
    return keys.stream().map(key -> vectors(known.getOrDefault(key, new byte[0]))).toList();
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
    encodings.putAll(made);
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
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
