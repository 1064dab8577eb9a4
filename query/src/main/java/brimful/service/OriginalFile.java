package brimful.service;

import brimful.collection.library.CollectionService;
import brimful.collection.library.CollectionSource;
import brimful.collection.library.OpenCollection;
import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.index.ItemState;
import brimful.source.Listed;
import brimful.source.Source;
import brimful.source.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// The bytes of a PDF as its source has them, for people who look at the page that is cited.
///
/// A file is found by the id of a document that the index has text of, never by a path, and opened
/// by its source, which follows no links. Files other than PDFs are shown as their text, which is
/// all of them; so are PDFs in which secrets were masked, because their pages still show them, and
/// files that have changed since they were searched for secrets.
///
/// @param name the file's name
/// @param stamp changes with the file
/// @param source holds the content open; closed with this
public record OriginalFile(
    String name, long bytes, String stamp, Listed.Content content, Source source)
    implements AutoCloseable {
  /// The largest file that is shown.
  public static final long BYTES_MAX = 256L << 20;

  private static final String INSIDE = "!/";
  private static final String PDF = "%PDF-";

  /// A PDF begins within this many bytes.
  private static final int HEAD_BYTES = 1024;

  /// Opens the file of a document; the caller closes it.
  ///
  /// @throws UserError if the collection has no such document, or its file cannot be shown
  public static OriginalFile open(
      CollectionService collections, String collection, String document) {
    ItemState state = state(collections, collection, document);
    if (state.secrets().count() > 0) {
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "%s has secrets, which only its text hides: read the text".formatted(document));
    }
    CollectionSource from =
        collections.collection(collection).sources().stream()
            .filter(source -> document.startsWith(source.id() + "/"))
            .findFirst()
            .orElseThrow(() -> gone(document));
    if (!from.isUploads() && Sources.local(from.location()).isEmpty()) {
      throw gone(document);
    }
    Source source = source(collections, from, document);
    try {
      var id = new DocumentId(document.substring(from.id().length() + 1));
      Listed.File file = file(source, id).orElseThrow(() -> gone(document));
      String stamp = Listed.File.settled(file.stamp());
      if (!isStamp(Listed.File.settled(state.stamp()), stamp)) {
        throw new UserError(
            UserError.Kind.CONFLICT,
            "%s has changed since it was read: sync its source, or read its text"
                .formatted(document));
      }
      requirePdf(file, document);
      String name = id.value().substring(id.value().lastIndexOf('/') + 1);
      return new OriginalFile(name, file.bytes(), stamp, file.content(), source);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private static ItemState state(
      CollectionService collections, String collection, String document) {
    try (OpenCollection reading = collections.open(collection)) {
      String item = document.split(INSIDE, 2)[0];
      ItemState state =
          DocumentId.named(item)
              .flatMap(reading.snapshot()::item)
              .filter(found -> found.outcome().hasText())
              .orElseThrow(() ->
                  new UserError(
                      UserError.Kind.NOT_FOUND,
                      "collection %s has no document %s: see its files"
                          .formatted(collection, document)));
      if (!item.equals(document)) {
        throw new UserError(
            UserError.Kind.NOT_FOUND,
            "%s is inside of %s, of which no page can be shown: read its text"
                .formatted(document, item));
      }
      return state;
    }
  }

  /// Opens a source. Whoever asks about a document need not know where its source is, or was.
  private static Source source(
      CollectionService collections, CollectionSource from, String document) {
    try {
      return collections.open(from);
    } catch (UserError | UncheckedIOException e) {
      throw gone(document);
    }
  }

  /// Returns whether an index has a file as it is; a cluster's index has words before the stamp.
  private static boolean isStamp(String indexed, String stamp) {
    return indexed.equals(stamp) || indexed.endsWith(" " + stamp);
  }

  private static void requirePdf(Listed.File file, String document) {
    if (file.bytes() > BYTES_MAX) {
      throw new UserError(
          UserError.Kind.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "%s has %,d bytes, and pages of files up to %,d are shown: read its text",
              document,
              file.bytes(),
              BYTES_MAX));
    }
    if (!isPdf(file.content(), document)) {
      throw new UserError(
          UserError.Kind.MEDIA_TYPE,
          "%s is no PDF, whose pages could be shown: read its text".formatted(document));
    }
  }

  private static Optional<Listed.File> file(Source source, DocumentId id) {
    try {
      return source.file(id);
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static boolean isPdf(Listed.Content content, String document) {
    try (InputStream in = content.open()) {
      return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1).contains(PDF);
    } catch (IOException e) {
      throw gone(document);
    }
  }

  private static UserError gone(String document) {
    return new UserError(
        UserError.Kind.NOT_FOUND,
        "the file of %s is not on this server's disk, or no longer: read its text"
            .formatted(document));
  }

  @Override
  public void close() {
    source.close();
  }
}
