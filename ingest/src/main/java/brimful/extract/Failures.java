package brimful.extract;

import brimful.corpus.Outcome;
import brimful.corpus.WellFormed;
import brimful.web.WebClient;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import javax.imageio.IIOException;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.ZeroByteFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.SAXException;

/// Turns exceptions while a file was read into the file's outcome.
///
/// The text is that of the deepest cause: one line, without anything that differs between runs.
/// What it leaves out, the class and the place, is in the log at debug level.
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private static final int CAUSES_MAX = 20;
  private static final int CHARACTERS_MAX = 160;

  /// Only the beginning of a longer line is used.
  private static final int LINE_CHARACTERS_MAX = 1_000;

  private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]{5,16}\\b");
  private static final Pattern TEMPORARY = Pattern.compile("\\S*(?:apache-tika|brimful)-\\S*");

  /// The names of exceptions in messages that quote others.
  private static final Pattern CLASS =
      Pattern.compile("\\b(?:[a-z]\\w*\\.)*[A-Z]\\w*(?:Exception|Error)\\b(?::\\s*|\\s*$)");

  static final String ENDS_EARLY = "the file ends early";

  /// How libraries say so.
  private static final Pattern ENDED =
      Pattern.compile(
          "(?i)^truncated (?:zip|tar)|truncated source|^unexpected end of (?:stream|file|zlib input stream|input)");

  /// How Tika says that XML is nested too deeply.
  private static final Pattern NESTED = Pattern.compile("levels of XML element nesting");

  private Failures() {}

  /// Returns the outcome of a document whose parser threw.
  static Ending ofDocument(Throwable thrown) {
    Throwable deepest = deepest(thrown);
    return of(deepest, breakdown(deepest));
  }

  /// Returns the outcome of a file whose bytes could not be read.
  static Ending ofSource(IOException thrown) {
    return of(deepest(thrown), FailureKind.SOURCE);
  }

  private static Ending of(Throwable deepest, FailureKind failureKind) {
    return switch (known(deepest).orElseGet(() -> new Outcome.Failed(cause(deepest)))) {
      case Outcome.Failed(String cause) -> {
        LOG.debug("cannot read document cause={}", cause, deepest);
        yield Ending.failed(failureKind, cause);
      }
      case Outcome other -> Ending.of(other);
    };
  }

  /// Returns the first cause with a meaning of its own, else the last.
  private static Throwable deepest(Throwable thrown) {
    Throwable deepest = thrown;
    for (int i = 0; i < CAUSES_MAX; i++) {
      if (known(deepest).isPresent() || deepest.getCause() == null) {
        break;
      }
      deepest = deepest.getCause();
    }
    return deepest;
  }

  private static FailureKind breakdown(Throwable deepest) {
    if (deepest instanceof OutOfMemoryError) {
      return FailureKind.OUT_OF_MEMORY;
    }
    // Tika and POI have limits of their own, without an exception type for them.
    boolean bomb =
        deepest instanceof Allowance.BombException
            || String.valueOf(deepest.getMessage()).toLowerCase(Locale.ROOT).contains("zip bomb");
    return bomb ? FailureKind.BOMB : FailureKind.DOCUMENT;
  }

  private static Optional<Outcome> known(Throwable thrown) {
    return switch (thrown) {
      case EncryptedDocumentException _,
          InvalidPasswordException _,
          PasswordRequiredException _,
          org.apache.poi.EncryptedDocumentException _ ->
          Optional.of(new Outcome.Encrypted());
      case MeteredStream.TooLongException e -> Optional.of(ContentReader.tooLarge(e.bytesMax()));
      case ZeroByteFileException _ -> Optional.of(new Outcome.Skipped("empty"));
      case NoSuchFileException _ -> Optional.of(new Outcome.Failed("vanished while being read"));
      case EOFException _ -> Optional.of(new Outcome.Failed(ENDS_EARLY));
      case IOException e when ENDED.matcher(String.valueOf(e.getMessage())).find() ->
          Optional.of(new Outcome.Failed(ENDS_EARLY));
      case Allowance.BombException e ->
          Optional.of(new Outcome.Failed(String.valueOf(e.getMessage())));
      case AccessDeniedException _ -> Optional.of(new Outcome.Failed("permission denied"));
      case OutOfMemoryError _ ->
          Optional.of(new Outcome.Failed("needs more memory than available"));
      case StackOverflowError _ -> Optional.of(new Outcome.Failed("is nested too deeply"));
      // A PDF for the owners of certificates.
      case IOException e
          when String.valueOf(e.getMessage()).contains("decryption material is not compatible") ->
          Optional.of(new Outcome.Encrypted());
      case IOException e when String.valueOf(e.getMessage()).startsWith("Unsupported blocksize") ->
          Optional.of(new Outcome.Failed("its header is damaged"));
      case SAXException e when NESTED.matcher(String.valueOf(e.getMessage())).find() ->
          Optional.of(new Outcome.Failed("is nested too deeply"));
      case ZipException e when String.valueOf(e.getMessage()).contains("encrypted") ->
          Optional.of(new Outcome.Encrypted());
      default -> Optional.empty();
    };
  }

  /// Returns what a kind of damage is called; people do not know the names of classes.
  private static String name(Throwable thrown) {
    return switch (thrown) {
      case IIOException _ -> "damaged image";
      case ZipException _ -> "damaged zip";
      case IOException _, TikaException _, SAXException _ -> "";
      // Not a document's fault but an installation's, and its message is nothing without the name.
      case LinkageError _ -> thrown.getClass().getSimpleName();
      default -> "its parser failed";
    };
  }

  private static String cause(Throwable thrown) {
    // Decoders of images speak to those who know the format.
    String message =
        Optional.ofNullable(thrown instanceof IIOException ? null : thrown.getMessage())
            .flatMap(text -> text.lines().filter(line -> !line.isBlank()).findFirst())
            .map(line -> line.substring(0, Math.min(line.length(), LINE_CHARACTERS_MAX)))
            .map(line -> TEMPORARY.matcher(IDENTITY.matcher(line).replaceAll("")).replaceAll("it"))
            .map(line -> CLASS.matcher(line).replaceAll(""))
            .map(line -> PlainText.normal(line).strip())
            .orElse("");
    String name = name(thrown);
    String text = message.isEmpty() || name.isEmpty() ? name + message : name + ": " + message;
    String said = text.isEmpty() ? "cannot be read" : text;
    if (said.length() <= CHARACTERS_MAX) {
      return said;
    }
    String start = WellFormed.start(said, CHARACTERS_MAX) + "…";
    return WebClient.isForNow(said) ? start + ", " + WebClient.LATER : start;
  }

  /// Returns the outcome of a picture that its decoder tripped over.
  static Ending ofPicture(RuntimeException thrown) {
    LOG.debug("cannot decode picture", thrown);
    return Ending.of(new Outcome.Failed("damaged image"));
  }

  /// Returns whether the log has what the text leaves out.
  static boolean areLogged() {
    return LOG.isDebugEnabled();
  }
}
