package brimful.http;

import brimful.collection.library.Collection;
import brimful.collection.library.CollectionService;
import brimful.corpus.UserError;
import brimful.http.edge.HttpJson;
import brimful.store.Disk;
import brimful.store.Folders;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Serves uploads: the files become a source of their collection.
final class UploadsApi {
  private static final int NAME_CHARS_MAX = 500;

  /// The limit of a path segment; no file system takes more.
  private static final int PART_BYTES_MAX = 255;

  /// The most files of a request.
  static final int FILES_MAX = 10_000;

  private static final Set<String> IGNORE_FILES = Set.of(".gitignore", ".brimfulignore");

  private final CollectionService collections;
  private final long bytesMax;

  /// @param bytesMax the limit of one request
  UploadsApi(CollectionService collections, long bytesMax) {
    this.collections = collections;
    this.bytesMax = bytesMax;
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/collections/{collection}/uploads", this::upload));
  }

  private void upload(Context context) {
    String name = CollectionsApi.collection(context);
    if (!context.isMultipartFormData()) {
      throw new UserError(
          UserError.Kind.MEDIA_TYPE, "send the files as multipart/form-data, field file");
    }
    List<UploadedFile> files = files(context);
    if (files.isEmpty() || files.size() > FILES_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "%,d files in the field file: send 1 to %,d, each with name=\"file\" and a filename",
              files.size(),
              FILES_MAX));
    }
    Collection collection = collections.collection(name);
    Path folder = collections.uploads(collection);
    // Check all names first, so that a request with a bad one leaves nothing behind.
    List<Path> targets = files.stream().map(file -> target(folder, file.filename())).toList();
    requireRoom(targets);
    keep(collection, files, targets);
    HttpJson.send(
        context,
        HttpStatus.ACCEPTED,
        CollectionJson.job(Caller.of(context), collections.uploaded(collection), Instant.now()));
  }

  /// A file must not have the name of a folder, whether both are uploaded now or one exists.
  private static void requireRoom(List<Path> targets) {
    var uploaded = new HashSet<>(targets);
    for (Path target : targets) {
      if (Files.isDirectory(target) || isBelowFile(target, uploaded)) {
        throw new UserError(
            UserError.Kind.USAGE,
            "file name \"%s\" is that of a file and of a folder: rename one"
                .formatted(target.getFileName()));
      }
    }
  }

  private static boolean isBelowFile(Path target, Set<Path> uploaded) {
    Path above = target.getParent();
    return above != null
        && (uploaded.contains(above) || Files.isRegularFile(above) || isBelowFile(above, uploaded));
  }

  /// Jetty writes the parts to disk, and reports a too long one as a bad message.
  private List<UploadedFile> files(Context context) {
    if (context.req().getContentLengthLong() > bytesMax) {
      throw new UserError(
          UserError.Kind.TOO_LARGE,
          String.format(
              Locale.ROOT, "the upload has more than %,d bytes: send less at once", bytesMax));
    }
    return context.uploadedFiles("file");
  }

  /// Returns where a file goes: below the folder, whatever its name is.
  static Path target(Path folder, String name) {
    String plain = name.replace('\\', '/');
    boolean bad =
        plain.isBlank()
            || plain.length() > NAME_CHARS_MAX
            || plain.startsWith("/")
            || plain.endsWith("/")
            || plain.matches("(?s)^[A-Za-z]:.*|.*[\\x00-\\x1f\\x7f].*");
    for (String part : plain.split("/", -1)) {
      bad |= part.isEmpty() || part.equals(".") || part.equals("..");
      bad |= part.getBytes(StandardCharsets.UTF_8).length > PART_BYTES_MAX;
    }
    if (bad) {
      throw new UserError(
          UserError.Kind.USAGE,
          "file name \"%s\": use a relative name without .. or control characters, of 255 bytes a part at most"
              .formatted(plain.substring(0, Math.min(80, plain.length()))));
    }
    requirePlain(plain);
    try {
      return folder.resolve(plain);
    } catch (InvalidPathException e) {
      throw new UserError(
          UserError.Kind.USAGE, "file name \"%s\" is none on this machine".formatted(plain));
    }
  }

  /// Uploads are files and no repository: git's folder would lead the listing elsewhere, and an
  /// ignore file would hide what others uploaded.
  private static void requirePlain(String name) {
    List<String> parts = List.of(name.toLowerCase(Locale.ROOT).split("/", -1));
    if (parts.contains(".git") || IGNORE_FILES.contains(parts.getLast())) {
      throw new UserError(
          UserError.Kind.USAGE,
          "file name \"%s\": leave out .git, .gitignore and .brimfulignore, or add the repository as a source"
              .formatted(name));
    }
  }

  /// Writes all files, then moves all of them into place, so that a failed request leaves nothing
  /// behind.
  private void keep(Collection collection, List<UploadedFile> files, List<Path> targets) {
    Path incoming = collections.incoming(collection);
    List<Path> drafts = new ArrayList<>();
    try {
      try {
        Folders.create(incoming);
        for (int i = 0; i < files.size(); i++) {
          Folders.create(targets.get(i).toAbsolutePath().resolveSibling(""));
          // Readable by the owner only, like every temporary file.
          Path draft = Files.createTempFile(incoming, "upload", ".part");
          drafts.add(draft);
          try (InputStream content = files.get(i).content()) {
            Files.copy(content, draft, StandardCopyOption.REPLACE_EXISTING);
          }
        }
        collections.keep(collection, drafts);
        for (int i = 0; i < files.size(); i++) {
          Files.move(
              drafts.get(i),
              targets.get(i),
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
        }
      } finally {
        for (Path draft : drafts) {
          Files.deleteIfExists(draft);
        }
      }
    } catch (IOException e) {
      throw Disk.failure(
          e, targets.getFirst(), "the upload", "cannot keep an upload in " + targets.getFirst());
    }
  }
}
