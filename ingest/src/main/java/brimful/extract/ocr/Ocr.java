package brimful.extract.ocr;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.Sha256;
import brimful.corpus.UserError;
import brimful.source.Rule;
import brimful.source.Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads pictures of text, if Tesseract is installed and wanted, and remembers what it read. Safe
/// for many threads.
public final class Ocr {
  /// The variables with the mode, the languages, and the seconds for each picture.
  public static final String MODE = "BRIMFUL_OCR";

  public static final String LANGUAGES = "BRIMFUL_OCR_LANGUAGES";
  public static final String SECONDS = "BRIMFUL_OCR_SECONDS";

  private static final int SECONDS_DEFAULT = 60;
  private static final int SECONDS_MAX = 3600;

  private static final Ocr OFF = new Ocr(OcrMode.OFF, Optional.empty(), false);
  private static final Ocr MISSING = new Ocr(OcrMode.OFF, Optional.empty(), true);

  private final OcrMode mode;
  private final Optional<Reader> reader;
  private final boolean missing;

  private Ocr(OcrMode mode, Optional<Reader> reader, boolean missing) {
    this.mode = mode;
    this.reader = reader;
    this.missing = missing;
  }

  /// The program, which is asked for its languages with the first picture: most runs have none.
  private static final class Reader {
    private final Path program;
    private final String languages;
    private final Duration pageMax;
    private final OcrCache cache;
    private Optional<Tesseract> known = Optional.empty();

    Reader(Path program, String languages, Duration pageMax, OcrCache cache) {
      this.program = program;
      this.languages = languages;
      this.pageMax = pageMax;
      this.cache = cache;
    }

    synchronized Tesseract tesseract() throws IOException {
      if (known.isEmpty()) {
        known = Optional.of(Tesseract.known(program, languages, pageMax));
      }
      return known.get();
    }
  }

  /// Returns one that reads nothing.
  public static Ocr off() {
    return OFF;
  }

  /// Returns what the variables ask for: by default, whatever is installed reads what has no text.
  ///
  /// @param cache where texts are kept
  /// @throws UserError if a variable is wrong, or OCR is forced and cannot be had
  public static Ocr of(Map<String, String> environment, Path cache) {
    OcrMode mode = OcrMode.of(environment.getOrDefault(MODE, "auto"), "--ocr (" + MODE + ")");
    if (mode == OcrMode.OFF) {
      return OFF;
    }
    String languages = environment.getOrDefault(LANGUAGES, "");
    Duration pageMax = seconds(environment.getOrDefault(SECONDS, ""));
    Optional<Reader> found =
        Tesseract.program(environment)
            .map(program -> new Reader(program, languages, pageMax, new OcrCache(cache)));
    if (found.isPresent() && !languages.isBlank()) {
      requireLanguages(found.get());
    }
    if (found.isEmpty() && mode == OcrMode.FORCE) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "--ocr force, and no tesseract on the path: install tesseract-ocr, or leave the option out");
    }
    return found.isEmpty() ? MISSING : new Ocr(mode, found, false);
  }

  private static void requireLanguages(Reader reader) {
    try {
      Tesseract _ = reader.tesseract();
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "--ocr-languages, and Tesseract does not start (%s): mend it, or use --ocr off"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static Duration seconds(String text) {
    if (text.isBlank()) {
      return Duration.ofSeconds(SECONDS_DEFAULT);
    }
    try {
      int seconds = Integer.parseInt(text.strip());
      if (seconds >= 1 && seconds <= SECONDS_MAX) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UserError(
        UserError.Kind.CONFIG,
        "%s \"%s\": give the seconds for a page, 1 to %s".formatted(SECONDS, text, SECONDS_MAX));
  }

  /// Returns the rules with which parsers send pictures, or send none.
  public Rules rules(Rules rules) {
    return switch (mode) {
      case OFF -> rules.with(EnumSet.of(Rule.IMAGES, Rule.TEXT_LAYER));
      case AUTO -> rules.with(EnumSet.of(Rule.TEXT_LAYER)).without(Set.of(Rule.IMAGES));
      case FORCE -> rules.without(Set.of(Rule.IMAGES, Rule.TEXT_LAYER));
    };
  }

  /// Returns whether anything is read.
  public boolean isOn() {
    return reader.isPresent();
  }

  /// Returns whether something would be read if Tesseract were installed.
  public boolean isMissing() {
    return missing;
  }

  /// Reads a picture; the result may be blank.
  ///
  /// @throws IOException if it cannot be read
  public String text(GrayImage image) throws IOException {
    Reader found = reader.orElseThrow(() -> new IOException("OCR is off"));
    Tesseract tesseract = found.tesseract();
    String key = key(image, tesseract.identity());
    Optional<String> known = found.cache.text(key);
    if (known.isPresent()) {
      return known.get();
    }
    String text = tesseract.read(image);
    found.cache.put(key, text);
    return text;
  }

  private static String key(GrayImage image, String reader) {
    MessageDigest digest = Sha256.digest();
    digest.update(
        "%s %s %s %s "
            .formatted(reader, image.width(), image.height(), image.dpi())
            .getBytes(UTF_8));
    return HexFormat.of().formatHex(digest.digest(image.pixels()));
  }
}
