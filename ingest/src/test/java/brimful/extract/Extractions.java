package brimful.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import brimful.corpus.DocumentId;
import brimful.extract.limit.Limits;
import brimful.extract.media.Media;
import brimful.extract.media.Recordings;
import brimful.extract.ocr.ImageMode;
import brimful.extract.ocr.Ocr;
import brimful.source.Listed;
import brimful.source.Rules;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// What the tests of this package share: reading bytes as files, and looking at what came of it.
public final class Extractions {
  /// One pool for all tests: a new process would cost each of them a second. It ends with the
  /// tests'.
  private static final ForkPool FORKS = new ForkPool(ForkLimits.standard());

  private Extractions() {}

  static Extractor extractor(ExtractLimits limits) {
    return new Extractor(limits, Rules.standard(), Media.off(), FORKS);
  }

  static Listed.File file(String name, byte[] bytes) {
    return new Listed.File(
        new DocumentId(name), "stamp", bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  public static Extraction extract(String name, byte[] bytes) {
    return extract(name, bytes, ExtractLimits.standard());
  }

  public static Extraction extract(String name, byte[] bytes, ExtractLimits limits) {
    return Extraction.of(extractor(limits), file(name, bytes));
  }

  public static Extraction extract(String name, byte[] bytes, Ocr ocr) {
    return extract(name, bytes, new Media(ocr, Recordings.off()), ExtractLimits.standard());
  }

  public static Extraction extract(String name, byte[] bytes, Media media, ExtractLimits limits) {
    return Extraction.of(new Extractor(limits, Rules.standard(), media, FORKS), file(name, bytes));
  }

  /// Reads a file and keeps its pictures, as for a model that sees.
  public static Extraction extractSeen(String name, byte[] bytes, Ocr ocr) {
    return extractSeen(name, bytes, ocr, Limits.standard());
  }

  public static Extraction extractSeen(String name, byte[] bytes, Ocr ocr, Limits limits) {
    Rules rules = ImageMode.ALL.rules(Rules.standard(), false);
    return Extraction.of(
        new Extractor(ExtractLimits.of(limits), rules, new Media(ocr, Recordings.off()), FORKS),
        file(name, bytes));
  }

  public static Extraction extract(String name, String text) {
    return extract(name, text.getBytes(UTF_8));
  }

  /// Returns limits that are standard but for these.
  public static ExtractLimits limits(int textBytes, int characters, int pages, int members) {
    var all = ExtractLimits.standard();
    return new ExtractLimits(
        textBytes,
        all.documentBytesMax(),
        characters,
        pages,
        members,
        all.depthMax(),
        all.expandedBytesMax(),
        Duration.ofMinutes(1));
  }

  /// Returns each section of each document as `id locator: text`, with `/` for line breaks.
  public static String shown(Extraction extraction) {
    return extraction.texts().stream()
        .flatMap(text ->
            text.sections().stream()
                .map(section ->
                    "%s %s: %s"
                        .formatted(
                            text.id(),
                            section.locator().display(),
                            section.text().replace("\n", "/"))))
        .collect(joining("\n"));
  }

  public static String outcome(Extraction extraction) {
    return extraction.outcome().display();
  }

  public static Map<String, String> members(Extraction extraction) {
    var members = new TreeMap<String, String>();
    extraction.members().forEach(m -> members.put(m.id().value(), m.outcome().display()));
    return members;
  }
}
