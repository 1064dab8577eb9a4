package brimful.upload;

import brimful.source.Source;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/// Where the bytes of uploads are. Their names are files in a folder of the collection, whatever
/// keeps the bytes. Safe for many threads.
public interface Uploads {
  /// Keeps the bytes in those files.
  Uploads IN_FOLDER = new InFolder();

  /// Keeps the bytes of a file that is about to get its name. The file may be changed for that.
  ///
  /// @param collection the name of the collection's folder, which is never reused
  void keep(String collection, Path draft);

  /// Returns a collection's uploads.
  ///
  /// @param files the source of their names; closed with the result
  Source source(String collection, Source files);

  /// Deletes the bytes of a collection's uploads.
  void clear(String collection);

  /// Deletes bytes that no upload needs, such as those of a collection that was deleted while the
  /// store was away; if it still is, they stay until the next time.
  ///
  /// @param live returns the folders of uploads of all collections, by the collection's folder
  void clean(Supplier<Map<String, Path>> live);

  /// The files hold everything, and are deleted with their folder.
  final class InFolder implements Uploads {
    private InFolder() {}

    @Override
    public void keep(String collection, Path draft) {
      // It is where it belongs.
    }

    @Override
    public Source source(String collection, Source files) {
      return files;
    }

    @Override
    public void clear(String collection) {
      // The folder is deleted.
    }

    @Override
    public void clean(Supplier<Map<String, Path>> live) {
      // The folder is deleted.
    }
  }
}
