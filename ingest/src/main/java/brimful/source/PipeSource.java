package brimful.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.DocumentId;
import brimful.corpus.Sha256;
import brimful.corpus.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// One document from a pipe: standard input, a shell's `<(…)`, a named pipe.
///
/// A pipe can be read once only, so it is copied to a temporary file. Its stamp is the hash of its
/// content. For one thread at a time.
public final class PipeSource implements Source {
  /// More than this is not a document; a device such as `/dev/zero` never ends.
  private static final long BYTES_MAX = 256L << 20;

  private static final int BUFFER_BYTES = 1 << 16;

  private final String name;
  private final Opener opener;
  private Optional<Listed.File> read = Optional.empty();
  private Optional<Path> copy = Optional.empty();

  /// Opens the pipe; called once.
  @FunctionalInterface
  public interface Opener {
    InputStream open() throws IOException;
  }

  /// @param name the document's name without its extension
  public PipeSource(String name, Opener opener) {
    this.name = name;
    this.opener = opener;
  }

  /// Returns whether a path can be read but is neither file nor folder.
  public static boolean isPipe(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  @Override
  public synchronized List<Listed> list() {
    if (read.isEmpty()) {
      try {
        read = Optional.of(read());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read %s: write it to a file".formatted(name), e);
      }
    }
    return List.of(read.get());
  }

  private Listed.File read() throws IOException {
    Path file = Files.createTempFile("brimful", ".pipe");
    copy = Optional.of(file);
    MessageDigest hash = Sha256.digest();
    long bytes;
    try (InputStream in = opener.open();
        OutputStream out = new DigestOutputStream(Files.newOutputStream(file), hash)) {
      bytes = copy(in, out);
    }
    String stamp = HexFormat.of().formatHex(hash.digest());
    String whole = name + Kind.ending(head(file));
    return new Listed.File(DocumentId.of(whole), stamp, bytes, () -> Files.newInputStream(file))
        .takenBack();
  }

  private long copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      bytes += n;
      if (bytes > BYTES_MAX) {
        throw new UserError(
            UserError.Kind.TOO_LARGE,
            String.format(
                Locale.ROOT,
                "%s has more than %,d bytes: write it to a file, and name that",
                name,
                BYTES_MAX));
      }
      out.write(buffer, 0, n);
    }
    return bytes;
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(Kind.HEAD_BYTES);
    }
  }

  /// Two pipes may have the same name.
  @Override
  public Optional<Extent> extent() {
    return Optional.empty();
  }

  @Override
  public String location() {
    return name;
  }

  @Override
  public synchronized void close() {
    try {
      if (copy.isPresent()) {
        Files.deleteIfExists(copy.get());
      }
    } catch (IOException e) {
      // The system cleans up its temporary files, too.
    }
  }

  /// Guesses the file extension of a nameless document from its beginning.
  ///
  /// Formats with magic numbers, such as PDF, are recognised by those; this class is for text.
  private static final class Kind {
    static final int HEAD_BYTES = 4 << 10;

    private static final SequencedMap<String, Pattern> KINDS = kinds();

    private Kind() {}

    private static SequencedMap<String, Pattern> kinds() {
      SequencedMap<String, String> starts = new LinkedHashMap<>();
      starts.put(
          ".diff",
          "(?:diff (?:--git|--cc|--combined|-[a-zA-Z]+|-r) |Index: \\S|--- \\S[^\\n]{0,4000}\\n\\+\\+\\+ \\S"
              + "|commit [0-9a-f]{7,64}\\b[^\\n]{0,200}\\n(?:Merge|Author): |From [0-9a-f]{40} )");
      starts.put(".html", "(?i:<!doctype html|<html\\b)");
      starts.put(".xml", "<\\?xml\\s");
      starts.put(".json", "(?:\\{\\s*+(?:\"|\\})|\\[\\s*+(?:[\\[{\"\\]]|-?\\d))");
      starts.put(".py", "#![^\\n]{0,200}\\bpython");
      starts.put(".js", "#![^\\n]{0,200}\\bnode\\b");
      starts.put(".rb", "#![^\\n]{0,200}\\bruby\\b");
      starts.put(".pl", "#![^\\n]{0,200}\\bperl\\b");
      starts.put(".sh", "#![^\\n]{0,200}sh\\b");
      starts.put(".eml", "(?:Return-Path|Received|Delivered-To|MIME-Version): ");
      starts.put(".md", "#{1,6} \\S");
      SequencedMap<String, Pattern> kinds = new LinkedHashMap<>();
      starts.forEach((ending, start) -> kinds.put(ending, Pattern.compile(start)));
      return kinds;
    }

    /// Returns the extension with its dot; empty if the text could be anything.
    private static String ending(byte[] head) {
      String text = new String(head, UTF_8);
      String start = (text.startsWith("\uFEFF") ? text.substring(1) : text).stripLeading();
      return KINDS.entrySet().stream()
          .filter(kind -> kind.getValue().matcher(start).lookingAt())
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse("");
    }
  }
}
