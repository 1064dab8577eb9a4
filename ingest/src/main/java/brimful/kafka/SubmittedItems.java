package brimful.kafka;

import brimful.corpus.DocumentId;
import brimful.corpus.Sha256;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Inventory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What was submitted of a collection, as far as the next submission compares it: about 200 bytes
/// an item. For one thread.
public final class SubmittedItems {
  /// A repository has another location at each commit.
  private static final Pattern COMMIT = Pattern.compile("@[0-9a-f]{40,64}$");

  private final Map<DocumentId, LastClaims.Last<State>> items;

  /// By location: a million files have the same few.
  private final Map<String, String> sources;

  private final Set<String> waiting;

  private SubmittedItems(
      Map<DocumentId, LastClaims.Last<State>> items,
      Map<String, String> sources,
      Set<String> waiting) {
    this.items = items;
    this.sources = sources;
    this.waiting = new HashSet<>(waiting);
  }

  /// The state that was submitted.
  ///
  /// @param hash of [Claim#state]
  /// @param source where its file comes from; empty if it has none
  /// @param deleted whether that was a delete
  /// @param unmasked whether its text may show secrets
  private record State(long hash, String source, boolean deleted, boolean unmasked) {}

  /// Reads what was submitted from the brokers.
  ///
  /// @throws brimful.corpus.UserError if one of the claims is of a later version of Brimful
  public static SubmittedItems read(Cluster cluster, CollectionKey collection) {
    Map<String, String> sources = new HashMap<>();
    Map<DocumentId, LastClaims.Last<State>> items =
        LastClaims.read(cluster, collection, claim -> state(claim.work(), sources));
    return new SubmittedItems(items, sources, WaitingList.keys(cluster, collection));
  }

  /// @param waiting the keys of claims that wait
  static SubmittedItems of(List<Claim> claims, Set<String> waiting) {
    var submitted = new SubmittedItems(new HashMap<>(), new HashMap<>(), waiting);
    claims.forEach(submitted::put);
    return submitted;
  }

  private static State state(Claim.Work work, Map<String, String> sources) {
    String source =
        work instanceof Claim.Work.Read read
            ? sources.computeIfAbsent(read.location(), SubmittedItems::source)
            : "";
    return new State(hash(work), source, work instanceof Claim.Work.Delete, work.unmasked());
  }

  /// Returns where the files of a location come from, whatever commit it names.
  public static String source(String location) {
    return COMMIT.matcher(location).replaceFirst("");
  }

  private static long hash(Claim.Work work) {
    byte[] state = Claim.state(work).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(Sha256.digest().digest(state)).getLong();
  }

  /// Returns how many files come from each source.
  public SortedMap<String, Long> filesBySource() {
    return items.values().stream()
        .map(last -> last.value().source())
        .filter(source -> !source.isEmpty())
        .collect(Collectors.groupingBy(source -> source, TreeMap::new, Collectors.counting()));
  }

  /// Returns whether an item was submitted in the same state before.
  boolean has(DocumentId item, Claim.Work work) {
    LastClaims.Last<State> last = items.get(item);
    return last != null && last.value().hash() == hash(work);
  }

  /// Returns the version of an item's last claim; 0 if it was never submitted.
  long version(DocumentId item) {
    LastClaims.Last<State> last = items.get(item);
    return last == null ? 0 : last.version();
  }

  /// Returns the highest version of all; 0 if there is none.
  long version() {
    return items.values().stream().mapToLong(LastClaims.Last::version).max().orElse(0);
  }

  /// Returns the version for the next claim of an item: above the last one, whatever this machine's
  /// clock says.
  long nextVersion(DocumentId item, long nowMillis) {
    LastClaims.Last<State> last = items.get(item);
    return Math.max(last == null ? 0 : last.version() + 1, nowMillis);
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /// Returns how many items it has, without deleted ones.
  long files() {
    return items.values().stream().filter(last -> !last.value().deleted()).count();
  }

  /// Returns whether claims wait for their source.
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /// Returns what an index has that has taken everything.
  Inventory inventory() {
    var tally = new Inventory.Tally();
    items.forEach((item, last) -> {
      if (!last.value().deleted()) {
        tally.add(item, last.version());
      }
    });
    return tally.inventory("");
  }

  /// Returns the items that are not wanted any more, without those already deleted.
  ///
  /// @param lacking what indexes may have missed, deletes too
  Set<DocumentId> without(Set<DocumentId> wanted, IndexAudit.Lacking lacking) {
    var vanished = new HashSet<DocumentId>();
    items.forEach((item, last) -> {
      if (!wanted.contains(item) && (!last.value().deleted() || lacking.has(item))) {
        vanished.add(item);
      }
    });
    return vanished;
  }

  /// Returns whether an item has text that may stay though nobody wants it now.
  ///
  /// @param unmasked whether it may show secrets
  boolean mayStay(DocumentId item, boolean unmasked) {
    LastClaims.Last<State> last = items.get(item);
    return last != null && !last.value().deleted() && (unmasked || !last.value().unmasked());
  }

  void put(Claim claim) {
    items.put(
        claim.item(), new LastClaims.Last<>("", claim.version(), state(claim.work(), sources)));
  }

  /// Forgets the claims of items that wait for their source.
  ///
  /// @return the keys of their records
  Set<String> endWaits(Set<DocumentId> of) {
    Set<String> names = of.stream().map(DocumentId::value).collect(Collectors.toSet());
    Set<String> ended =
        waiting.stream()
            .filter(key -> names.contains(WaitingClaim.item(key)))
            .collect(Collectors.toSet());
    waiting.removeAll(ended);
    return ended;
  }
}
