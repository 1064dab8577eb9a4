package brimful.upload;

import brimful.bucket.BucketAddress;
import brimful.bucket.ObjectStore;
import brimful.bucket.StoredObject;
import brimful.corpus.UserError;
import brimful.source.Source;
import brimful.store.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the bytes of uploads in a bucket, as `prefix/SERVER/COLLECTION/SHA-256`. In the
/// collection's folder, a note of one line stands for each file.
///
/// SERVER is an id that the server's library has, so that servers can share a prefix and none
/// cleans up another's objects. An object is never changed, hence a worker that is still at an
/// older state of a file reads that state.
public final class BucketUploads implements Uploads {
  private static final Logger LOG = LoggerFactory.getLogger(BucketUploads.class);

  /// An object may be older than the note that names it, but not by this much.
  private static final Duration UNNAMED_MAX = Duration.ofDays(1);

  private final ObjectStore store;
  private final BucketAddress root;
  private final Clock clock;

  /// @param root where the objects of this server are
  BucketUploads(ObjectStore store, BucketAddress root, Clock clock) {
    this.store = store;
    this.root = root;
    this.clock = clock;
  }

  /// Opens the uploads of a server.
  ///
  /// @param location such as `s3://bucket/prefix`
  /// @param library the server's folder of collections, which has its id
  /// @param environment the process's variables, which name the store
  /// @throws UserError if the bucket cannot be listed
  public static BucketUploads open(String location, Path library, Map<String, String> environment) {
    BucketAddress address = BucketAddress.of(location);
    ObjectStore store = ObjectStore.of(environment);
    store.require(address);
    return new BucketUploads(store, address.below(id(library)), Clock.systemUTC());
  }

  private static String id(Path library) {
    Path file = library.resolve("server.id");
    try {
      if (!Files.exists(file)) {
        AtomicFile.write(file, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
      }
      return UUID.fromString(Files.readString(file).strip()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot keep the server's id in %s: make it writable".formatted(file), e);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "%s has no id in it: delete it; uploads until now must then be uploaded again"
              .formatted(file),
          e);
    }
  }

  @Override
  public void keep(String collection, Path draft) {
    try {
      UploadNote note = UploadNote.of(draft);
      store.put(root.below(collection).below(note.sha256()), draft);
      note.write(draft);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the upload in %s".formatted(draft), e);
    } catch (UserError e) {
      // Its kind and words are for whoever runs the server.
      LOG.warn("upload not kept location={} cause={}", root, e.line());
      throw new UserError(
          UserError.Kind.UNAVAILABLE,
          "uploads cannot be stored at present: try again later, or tell whoever runs the server",
          e);
    }
  }

  @Override
  public Source source(String collection, Source files) {
    return new NotedSource(store, root.below(collection), files);
  }

  @Override
  public void clear(String collection) {
    BucketAddress at = root.below(collection);
    store.delete(at, keys(list(at)));
  }

  @Override
  public void clean(Supplier<Map<String, Path>> live) {
    try {
      deleteUnnamed(live);
    } catch (UserError | UncheckedIOException e) {
      LOG.warn("uploads that nobody needs stay location={} cause={}", root, e.getMessage());
    }
  }

  private void deleteUnnamed(Supplier<Map<String, Path>> live) {
    Map<String, List<StoredObject>> stored = new HashMap<>();
    for (StoredObject object : list(root)) {
      String rest = object.key().substring(root.keyStart().length());
      String collection = rest.substring(0, Math.max(0, rest.indexOf('/')));
      stored.computeIfAbsent(collection, _ -> new ArrayList<>()).add(object);
    }
    // Asked only now: a collection whose objects were listed exists by now, unless it was deleted.
    Map<String, Path> folders = live.get();
    Instant before = clock.instant().minus(UNNAMED_MAX);
    stored.forEach((collection, objects) -> {
      Path notes = folders.get(collection);
      List<StoredObject> orphans = notes == null ? objects : unnamed(objects, notes, before);
      store.delete(root.below(collection), keys(orphans));
    });
  }

  private static List<StoredObject> unnamed(
      List<StoredObject> objects, Path notes, Instant before) {
    Set<String> named = named(notes);
    return objects.stream()
        .filter(object -> object.modified().isBefore(before))
        .filter(
            object -> !named.contains(object.key().substring(object.key().lastIndexOf('/') + 1)))
        .toList();
  }

  /// Returns the hashes that a collection's notes name.
  private static Set<String> named(Path notes) {
    Set<String> named = new HashSet<>();
    try (Stream<Path> files = Files.walk(notes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          UploadNote.read(in).ifPresent(note -> named.add(note.sha256()));
        }
      }
      return named;
    } catch (NoSuchFileException e) {
      return named;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: make it readable".formatted(notes), e);
    }
  }

  private List<StoredObject> list(BucketAddress at) {
    List<StoredObject> all = new ArrayList<>();
    store.list(at, all::add);
    return all;
  }

  private static List<String> keys(List<StoredObject> objects) {
    return objects.stream().map(StoredObject::key).toList();
  }
}
