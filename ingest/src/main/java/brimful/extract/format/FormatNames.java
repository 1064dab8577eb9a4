package brimful.extract.format;

import brimful.corpus.Outcome;
import brimful.source.Rule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeType;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;

/// Names the formats that nobody here reads, so that a person knows what a file was and how to
/// convert it. Names are Tika's, and ours where it has none.
///
/// Tika's list of formats takes about a third of a second to load; it is loaded with the first such
/// file. Safe for many threads.
public final class FormatNames {
  private static final Map<String, String> OWN =
      Map.ofEntries(
          Map.entry("application/vnd.ms-project", "Microsoft Project"),
          Map.entry("application/x-project", "Microsoft Project"),
          Map.entry("application/x-msaccess", "Microsoft Access"),
          Map.entry("application/x-mspublisher", "Microsoft Publisher"),
          Map.entry("application/vnd.ms-works", "Microsoft Works"),
          Map.entry("application/x-sqlite3", "SQLite"),
          Map.entry("application/x-parquet", "Apache Parquet"),
          Map.entry("application/x-hdf", "HDF5"),
          Map.entry("application/x-dbf", "dBase"),
          Map.entry("application/x-matlab-data", "MATLAB data"),
          Map.entry("image/vnd.dwg", "AutoCAD drawing"),
          Map.entry("application/vnd.lotus-wordpro", "Lotus Word Pro"),
          Map.entry("application/vnd.apple.pages.13", "Apple Pages"),
          Map.entry("application/vnd.apple.numbers.13", "Apple Numbers"),
          Map.entry("application/vnd.apple.keynote.13", "Apple Keynote"));

  /// Formats that only their names tell.
  private static final Map<String, String> BY_ENDING =
      Map.of("avro", "Apache Avro", "orc", "Apache ORC", "feather", "Apache Arrow");

  /// Programs and the like: nobody misses text in them.
  private static final Set<String> PROGRAMS =
      Set.of(
          "application/octet-stream",
          "application/java-vm",
          "application/java-archive",
          "application/x-elf",
          "application/x-executable",
          "application/x-sharedlib",
          "application/x-object",
          "application/x-coredump",
          "application/x-archive",
          "application/x-dosexec",
          "application/x-msdownload",
          "application/x-mach-o",
          "application/wasm",
          "application/vnd.android.package-archive");

  /// Formats whose parser gives properties and no text.
  private static final Set<String> WITHOUT_TEXT =
      Set.of("application/vnd.ms-project", "application/vnd.ms-works", "application/sldworks");

  private FormatNames() {}

  /// Returns how a file ended that is neither text nor a document.
  ///
  /// @param head its first bytes
  /// @param name its path
  public static Outcome unread(byte[] head, String name) {
    var metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    try (TikaInputStream in = TikaInputStream.get(new ByteArrayInputStream(head))) {
      return unread(MimeTypes.getDefaultMimeTypes().detect(in, metadata), name);
    } catch (IOException e) {
      return Rule.BINARY.skipped();
    }
  }

  /// Returns how a file of a type that nobody reads ended.
  public static Outcome unread(MediaType type, String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return Optional.ofNullable(BY_ENDING.get(ending))
        .or(() -> name(type))
        .<Outcome>map(format -> new Outcome.Skipped("unsupported format: " + format))
        .orElseGet(Rule.BINARY::skipped);
  }

  /// Returns how a document of a type ended that gave no text.
  public static Optional<Outcome> withoutText(MediaType type) {
    return WITHOUT_TEXT.contains(type.getBaseType().toString())
        ? name(type).map(format -> new Outcome.Skipped("unsupported format: " + format))
        : Optional.empty();
  }

  private static Optional<String> name(MediaType type) {
    String base = type.getBaseType().toString();
    if (PROGRAMS.contains(base) || type.getType().equals("text")) {
      return Optional.empty();
    }
    String own = OWN.get(base);
    return own != null ? Optional.of(own) : described(type).or(() -> described(type.getBaseType()));
  }

  private static Optional<String> described(MediaType type) {
    try {
      MimeType known = MimeTypes.getDefaultMimeTypes().getRegisteredMimeType(type.toString());
      return Optional.ofNullable(known).map(MimeType::getDescription).filter(it -> !it.isBlank());
    } catch (MimeTypeException e) {
      return Optional.empty();
    }
  }
}
