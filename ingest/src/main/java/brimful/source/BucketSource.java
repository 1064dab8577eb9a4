package brimful.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.bucket.BucketAddress;
import brimful.bucket.ObjectStore;
import brimful.bucket.StoredObject;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.source.git.ByteNames;
import brimful.source.git.Ignores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The objects below a prefix of a bucket, or the one object that the prefix names.
///
/// Keys are names of any characters; slashes in them make folders for the rules and for
/// `.brimfulignore`. An empty object with a final slash is what some tools leave for a folder, and
/// is nothing here. A stamp is tag, size and time. Safe for many threads; holds nothing open
/// between reads.
final class BucketSource implements Source {
  private final ObjectStore store;
  private final BucketAddress address;
  private final Rules rules;

  BucketSource(ObjectStore store, BucketAddress address, Rules rules) {
    this.store = store;
    this.address = address;
    this.rules = rules;
  }

  @Override
  public List<Listed> list() {
    List<StoredObject> objects = new ArrayList<>();
    store.list(
        address,
        object -> {
          requireRoom(objects.size());
          if (!isFolder(object)) {
            objects.add(object);
          }
          return true;
        });
    if (objects.isEmpty()) {
      return List.of(
          single()
              .orElseThrow(() ->
                  new UserError(
                      UserError.Kind.NOT_FOUND,
                      "no object below %s: check bucket and prefix".formatted(address)))
              .takenBack());
    }
    return Listed.canonical(new Listing(objects).run());
  }

  private void requireRoom(int files) {
    if (files >= FolderSource.FILES_MAX) {
      throw new UserError(
          UserError.Kind.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "more than %,d objects below %s: name a longer prefix",
              FolderSource.FILES_MAX,
              address));
    }
  }

  private boolean isFolder(StoredObject object) {
    return object.key().equals(address.keyStart())
        || (object.bytes() == 0 && object.key().endsWith("/"));
  }

  /// Returns the object that has the prefix for its whole key.
  private Optional<Listed.File> single() {
    return address.prefix().isEmpty()
        ? Optional.empty()
        : store.find(address.bucket(), address.prefix()).map(object -> file(name(), object));
  }

  private DocumentId name() {
    return DocumentId.of(address.prefix().substring(address.prefix().lastIndexOf('/') + 1));
  }

  @Override
  public Optional<Listed.File> file(DocumentId id) {
    String key = address.keyStart() + new String(id.path(), UTF_8);
    return store
        .find(address.bucket(), key)
        .map(object -> file(id, object))
        .or(() -> single().filter(file -> file.id().equals(id)));
  }

  private Listed.File file(DocumentId id, StoredObject object) {
    return new Listed.File(id, object.stamp(), object.bytes(), new Bytes(object));
  }

  /// The bytes of an object.
  private final class Bytes implements Listed.Content {
    private final StoredObject object;

    Bytes(StoredObject object) {
      this.object = object;
    }

    @Override
    public InputStream open() {
      return store.read(address.bucket(), object.key());
    }

    @Override
    public boolean mayBeAway() {
      return true;
    }
  }

  @Override
  public void requireThere() {
    store.require(address);
  }

  @Override
  public String location() {
    return address.toString();
  }

  @Override
  public void close() {
    // The store's connections close by themselves.
  }

  /// A listing in progress. Every folder is judged once.
  private final class Listing {
    private final List<StoredObject> objects;

    /// Paths below the prefix, of all objects.
    private final Map<String, StoredObject> byPath = new HashMap<>();

    private final Map<String, Ignores> ignores = new HashMap<>();
    private final Map<String, Boolean> entered = new HashMap<>();
    private final List<Listed> found = new ArrayList<>();

    Listing(List<StoredObject> objects) {
      this.objects = objects;
      objects.forEach(object -> byPath.put(path(object), object));
    }

    private static String parent(String path) {
      return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /// Returns a folder's path without the final slash.
    private static String path(String folder) {
      return folder.substring(0, folder.length() - 1);
    }

    private String path(StoredObject object) {
      return object.key().substring(address.keyStart().length());
    }

    List<Listed> run() {
      for (StoredObject object : objects) {
        String path = path(object);
        if (isEntered(parent(path))) {
          found.add(file(path, object));
        }
      }
      return found;
    }

    private Listed file(String path, StoredObject object) {
      DocumentId id = DocumentId.of(path);
      String name = path.substring(parent(path).length());
      return switch (answer(path, false)) {
        case IGNORED -> new Listed.Left(id, Rule.BRIMFULIGNORE.skipped());
        case KEPT -> BucketSource.this.file(id, object).takenBack();
        case SILENT ->
            rules
                .file(name, () -> head(object))
                .<Listed>map(rule -> new Listed.Left(id, rule.skipped()))
                .orElseGet(() -> BucketSource.this.file(id, object));
      };
    }

    /// Reads the beginning of an object here, where a store that fails for a while does not pass
    /// for an object without text. One that is denied has none that could be read.
    private InputStream head(StoredObject object) throws IOException {
      if (object.bytes() == 0) {
        return InputStream.nullInputStream();
      }
      try (InputStream in = store.readHead(address.bucket(), object.key(), FileHead.BYTES)) {
        return new ByteArrayInputStream(in.readNBytes(FileHead.BYTES));
      } catch (UserError e) {
        if (e.kind() == UserError.Kind.FORBIDDEN) {
          throw new IOException(e.line());
        }
        throw e;
      } catch (IOException e) {
        throw new UserError(
            UserError.Kind.UNAVAILABLE,
            "the connection broke while reading %s of %s: try again"
                .formatted(object.key(), address),
            e);
      }
    }

    /// Returns whether the files of a folder are listed; if not, the outermost folder that is left
    /// out is, once.
    ///
    /// @param folder with a final slash; empty for the top
    private boolean isEntered(String folder) {
      if (folder.isEmpty()) {
        return true;
      }
      Boolean known = entered.get(folder);
      if (known == null) {
        known = isEntered(parent(path(folder))) && judged(folder);
        entered.put(folder, known);
      }
      return known;
    }

    private boolean judged(String folder) {
      Optional<Outcome> left = verdict(folder);
      left.ifPresent(outcome -> found.add(new Listed.Left(DocumentId.of(path(folder)), outcome)));
      return left.isEmpty();
    }

    private Optional<Outcome> verdict(String folder) {
      if (folder.chars().filter(c -> c == '/').count() > FolderSource.DEPTH_MAX) {
        return Optional.of(
            new Outcome.Failed("lies deeper than %s folders".formatted(FolderSource.DEPTH_MAX)));
      }
      String path = path(folder);
      String name = path.substring(parent(path).length());
      return switch (answer(path, true)) {
        case IGNORED -> Optional.of(Rule.BRIMFULIGNORE.skipped());
        case KEPT -> Optional.empty();
        case SILENT ->
            rules.folder(name, child -> byPath.containsKey(folder + child)).map(Rule::skipped);
      };
    }

    private Ignores.Answer answer(String path, boolean folder) {
      return ignoresIn(parent(path)).answer(ByteNames.of(path), folder);
    }

    /// Returns the ignore files that apply in a folder.
    private Ignores ignoresIn(String folder) {
      Ignores known = ignores.get(folder);
      if (known == null) {
        known = with(folder.isEmpty() ? Ignores.none() : ignoresIn(parent(path(folder))), folder);
        ignores.put(folder, known);
      }
      return known;
    }

    private Ignores with(Ignores above, String folder) {
      StoredObject object = byPath.get(folder + ".brimfulignore");
      if (object == null || !rules.has(Rule.BRIMFULIGNORE)) {
        return above;
      }
      try (InputStream in = store.read(address.bucket(), object.key())) {
        return above.with(in, ByteNames.of(folder));
      } catch (IOException e) {
        // Reading what it leaves out would be worse than reading nothing.
        throw new UserError(UserError.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
      }
    }
  }
}
