package brimful.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.DocumentId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/// Which items a collection has, and in which versions, in few bytes: their number, and a sum of
/// hashes for each of [#BUCKETS] buckets of items.
///
/// Two that are equal have the same items in the same versions, but for a chance of 2⁻³² a bucket.
/// Where they differ, the buckets tell which items to look at: 1/128 of them for a single one.
///
/// As a record of `brimful.progress` its key is `collection NUL tokenizer NUL NUL inventory NUL
/// index-group`, its value `{"v":1,"topic","items","sums"}`, with the sums as 32-bit numbers in
/// Base64.
///
/// @param topic the id of the documents topic that the items came from; empty for what was
///   submitted
/// @param items how many there are, without deleted ones
/// @param sums one for each bucket
public record Inventory(String topic, long items, List<Integer> sums) {
  public static final int BUCKETS = 128;

  private static final String KIND = "inventory";

  public Inventory {
    sums = List.copyOf(sums);
    if (sums.size() != BUCKETS) {
      throw new UnreadableRecord("it has %s sums instead of %s".formatted(sums.size(), BUCKETS));
    }
  }

  /// Returns the inventory of nothing.
  public static Inventory empty(String topic) {
    return new Tally().inventory(topic);
  }

  /// Returns the bucket of an item.
  public static int bucket(DocumentId item) {
    return Math.floorMod(mixed(hash(item)), BUCKETS);
  }

  /// Returns the buckets in which two inventories differ.
  public Set<Integer> differences(Inventory other) {
    var buckets = new TreeSet<Integer>();
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      if (!sums.get(bucket).equals(other.sums.get(bucket))) {
        buckets.add(bucket);
      }
    }
    return buckets;
  }

  public static byte[] key(CollectionKey collection, String group) {
    return String.join("\0", collection.name(), collection.tokenizer(), "", KIND, group)
        .getBytes(UTF_8);
  }

  /// Returns whether the words of a key are those of an inventory.
  public static boolean isKey(String[] words) {
    return words.length == 5 && words[3].equals(KIND);
  }

  public byte[] value() {
    ByteBuffer bytes = ByteBuffer.allocate(BUCKETS * Integer.BYTES);
    sums.forEach(bytes::putInt);
    return RecordJson.bytes(
        RecordJson.object()
            .put("topic", topic)
            .put("items", items)
            .put("sums", Base64.getEncoder().encodeToString(bytes.array())));
  }

  /// Reads a record's value.
  ///
  /// @throws UnreadableRecord as [RecordJson#read]
  public static Inventory read(byte[] value) {
    var node = RecordJson.read(value);
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getDecoder().decode(RecordJson.text(node, "sums")));
    } catch (IllegalArgumentException e) {
      throw new UnreadableRecord("its sums are not Base64");
    }
    var sums = new ArrayList<Integer>();
    while (bytes.remaining() >= Integer.BYTES) {
      sums.add(bytes.getInt());
    }
    return new Inventory(RecordJson.text(node, "topic"), RecordJson.number(node, "items"), sums);
  }

  private static long hash(DocumentId item) {
    String name = item.value();
    long hash = name.length();
    for (int i = 0; i < name.length(); i++) {
      hash = hash * 0x9E3779B97F4A7C15L + name.charAt(i);
    }
    return hash;
  }

  /// The finalizer of SplitMix64.
  private static long mixed(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// Counts items as they come and go. Safe for many threads.
  public static final class Tally {
    private final AtomicLong items = new AtomicLong();
    private final AtomicIntegerArray sums = new AtomicIntegerArray(BUCKETS);

    public void add(DocumentId item, long version) {
      items.incrementAndGet();
      sums.addAndGet(bucket(item), sum(item, version));
    }

    public void remove(DocumentId item, long version) {
      items.decrementAndGet();
      sums.addAndGet(bucket(item), -sum(item, version));
    }

    private static int sum(DocumentId item, long version) {
      return (int) (mixed(hash(item) + mixed(version)) >>> 32);
    }

    public Inventory inventory(String topic) {
      var all = new ArrayList<Integer>(BUCKETS);
      for (int bucket = 0; bucket < BUCKETS; bucket++) {
        all.add(sums.get(bucket));
      }
      return new Inventory(topic, items.get(), all);
    }
  }
}
