package brimful.kafka.index;

import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Revision;
import brimful.kafka.record.RevisionCbor;
import brimful.kafka.record.RevisionCodec;
import brimful.kafka.record.UnreadableRecord;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Collects the slices of large items of one partition until their manifest arrives.
///
/// A manifest follows its slices within a producer's timeout. Slices that stay without one longer
/// are left over from a killed worker; whoever takes over its claim writes them again. Not
/// thread-safe.
public final class RevisionAssembler {
  /// A producer gives up after two minutes.
  static final Duration ALONE_MAX = Duration.ofMinutes(10);

  private final SequencedMap<RevisionCodec.Key, Slices> waiting = new LinkedHashMap<>();

  /// Slices of one version: the offset of the first, the time of the last.
  private static final class Slices {
    private final long offset;
    private final Map<Integer, byte[]> bytes = new TreeMap<>();
    private long timestamp;

    Slices(long offset) {
      this.offset = offset;
    }
  }

  /// The result of a record.
  ///
  /// @param parts how many slices the revision had
  public record Whole(RevisionCodec.Key key, Revision revision, int parts) {}

  /// Accepts a record, in offset order.
  ///
  /// @param value empty for a tombstone
  /// @return the revision, if this was its manifest
  /// @throws UnreadableRecord if it cannot be read, or slices of it are missing
  public Optional<Whole> add(byte[] key, byte @Nullable [] value, long offset, long timestamp) {
    RevisionCodec.Key read = RevisionCodec.Key.read(key);
    RevisionCodec.Key manifest = read.part(RevisionCodec.MANIFEST);
    waiting.values().removeIf(slices -> timestamp - slices.timestamp > ALONE_MAX.toMillis());
    if (value == null) {
      if (read.equals(manifest)) {
        waiting.remove(manifest);
      }
      return Optional.empty();
    }
    if (!read.equals(manifest)) {
      Slices slices = waiting.computeIfAbsent(manifest, _ -> new Slices(offset));
      slices.bytes.put(slice(read.part()), value);
      slices.timestamp = timestamp;
      return Optional.empty();
    }
    RevisionCbor.Fields fields = RevisionCbor.read(value);
    int parts = RevisionCodec.parts(fields);
    Slices slices = waiting.remove(manifest);
    return Optional.of(
        new Whole(manifest, RevisionCodec.revision(fields, joined(slices, parts)), parts));
  }

  private static int slice(String part) {
    try {
      return Integer.parseInt(part);
    } catch (NumberFormatException e) {
      throw new UnreadableRecord("its part is \"%s\"".formatted(part));
    }
  }

  private static byte[] joined(@Nullable Slices slices, int parts) {
    if (parts == 0) {
      return new byte[0];
    }
    List<byte[]> all = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      byte[] slice = slices == null ? null : slices.bytes.get(part);
      if (slice == null) {
        throw new UnreadableRecord("slice %s of %s is missing".formatted(part, parts));
      }
      all.add(slice);
    }
    var out = new ByteArrayOutputStream(all.stream().mapToInt(slice -> slice.length).sum());
    all.forEach(out::writeBytes);
    return out.toByteArray();
  }

  /// Drops the slices of a collection.
  ///
  /// @return the offset of the first of them, if there are any
  OptionalLong drop(CollectionKey collection) {
    OptionalLong first =
        waiting.entrySet().stream()
            .filter(entry -> entry.getKey().collection().equals(collection))
            .mapToLong(entry -> entry.getValue().offset)
            .min();
    waiting.keySet().removeIf(key -> key.collection().equals(collection));
    return first;
  }

  /// Drops the slices of one version of an item.
  void drop(RevisionCodec.Key manifest) {
    waiting.remove(manifest);
  }

  /// Returns where reading must resume for incomplete revisions, if there are any.
  OptionalLong firstWaiting() {
    return waiting.values().stream().mapToLong(slices -> slices.offset).min();
  }
}
