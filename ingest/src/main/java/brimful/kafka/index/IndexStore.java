package brimful.kafka.index;

import brimful.index.ChunkIndex;
import brimful.kafka.record.CollectionKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/// Where an index worker keeps the indexes of all collections, and how far they have read: a folder
/// of this machine, or a cluster. One index worker writes it, any number of processes read it.
public interface IndexStore extends AutoCloseable {

  /// Returns where it is, for people.
  String display();

  /// Opens a collection's index to change it; brings it back if it was retired.
  ChunkIndex open(CollectionKey key);

  /// Returns whether a collection has an index that this program can read.
  boolean exists(CollectionKey key);

  /// Returns the notes of an index's last commit; none if there is none.
  Map<String, String> notes(CollectionKey key);

  /// Returns the collections that have an index, in order.
  List<CollectionKey> list();

  /// Returns the collections that were ever committed, and not retired or lost since.
  SortedSet<CollectionKey> known();

  /// Notes that collections are about to be committed.
  void remember(List<CollectionKey> added);

  /// Notes that collections are known no more.
  void forget(List<CollectionKey> removed);

  /// Puts a dropped collection's index aside, which is closed and has only tombstones.
  void retire(CollectionKey key);

  /// Deletes retired indexes that no late result can concern any more.
  void clearRetired(Instant now);

  /// Returns how far its indexes have read; empty if nothing was read.
  Optional<FolderState> state();

  /// Replaces that in one step, after the commits of the indexes.
  void write(FolderState state);

  /// Returns the store's name, by which its index worker reports; gives it one if it has none.
  String replica();

  /// Returns whether an index worker writes it now, in any process.
  boolean isWritten();

  @Override
  void close();
}
