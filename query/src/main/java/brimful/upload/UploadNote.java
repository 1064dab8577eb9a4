package brimful.upload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import brimful.corpus.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands in the place of an uploaded file whose bytes are elsewhere.
///
/// @param sha256 of the bytes
record UploadNote(String sha256, long bytes) {
  private static final int CHARS_MAX = 200;

  private static final Pattern FORM =
      Pattern.compile("brimful upload ([0-9a-f]{64}) ([0-9]{1,18})\n");

  /// Returns the note of a file that holds its bytes itself.
  static UploadNote of(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (var hashing = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      long bytes = Files.copy(file, hashing);
      return new UploadNote(HexFormat.of().formatHex(digest.digest()), bytes);
    }
  }

  /// Reads a note.
  ///
  /// @return empty if it is something else
  static Optional<UploadNote> read(InputStream in) throws IOException {
    Matcher form = FORM.matcher(new String(in.readNBytes(CHARS_MAX), US_ASCII));
    return form.matches()
        ? Optional.of(new UploadNote(form.group(1), Long.parseLong(form.group(2))))
        : Optional.empty();
  }

  void write(Path file) throws IOException {
    Files.writeString(file, "brimful upload %s %s\n".formatted(sha256, bytes), US_ASCII);
  }
}
