package brimful.http;

import brimful.collection.library.CollectionService;
import brimful.collection.library.OpenCollection;
import brimful.corpus.UserError;
import brimful.http.edge.HttpJson;
import brimful.index.Outline;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Serves `/v1/collections/{collection}/folders`: what a folder of a collection has, folders first,
/// so that a tree of it can be opened folder by folder.
///
/// Only files with text are listed; an archive, a mail or an export counts as one file with as many
/// documents as it has.
final class FoldersApi {
  private static final Comparator<Entry> FOLDERS_FIRST =
      Comparator.comparing(Entry::isFile).thenComparing(Entry::path);

  private final CollectionService collections;

  FoldersApi(CollectionService collections) {
    this.collections = collections;
  }

  /// A folder or file.
  ///
  /// @param path its id; of a folder with a slash at the end
  private record Entry(String path, int documents) {
    boolean isFile() {
      return !path.endsWith("/");
    }

    ObjectNode view() {
      String plain = isFile() ? path : path.substring(0, path.length() - 1);
      return HttpJson.object()
          .put("path", path)
          .put("name", plain.substring(plain.lastIndexOf('/') + 1))
          .put("folder", !isFile())
          .put("documents", documents);
    }
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/collections/{collection}/folders", this::list));
  }

  private void list(Context context) {
    String collection = CollectionsApi.collection(context);
    String folder = Optional.ofNullable(context.queryParam("folder")).orElse("");
    String within = folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
    List<Entry> entries;
    try (OpenCollection reading = collections.open(collection)) {
      entries = entries(reading.snapshot().outlines(), within);
    }
    if (entries.isEmpty() && !within.isEmpty()) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "collection %s has no folder %s with text: begin with the folders of all of it"
              .formatted(collection, folder));
    }
    HttpJson.send(
        context,
        HttpStatus.OK,
        Pagination.of(context, entries, Entry::path, entry -> entry.view()));
  }

  /// Returns what lies directly in a folder.
  ///
  /// @param within empty, or ending in a slash
  private static List<Entry> entries(List<Outline> outlines, String within) {
    Map<String, Integer> documents = new HashMap<>();
    for (Outline outline : outlines) {
      String file = outline.document().item().value();
      if (file.startsWith(within)) {
        int end = file.indexOf('/', within.length());
        documents.merge(end < 0 ? file : file.substring(0, end + 1), 1, Integer::sum);
      }
    }
    return documents.entrySet().stream()
        .map(entry -> new Entry(entry.getKey(), entry.getValue()))
        .sorted(FOLDERS_FIRST)
        .toList();
  }
}
