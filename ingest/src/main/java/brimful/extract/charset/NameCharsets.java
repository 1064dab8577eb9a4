package brimful.extract.charset;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Detects the encoding of names in an archive that are not UTF-8.
///
/// Names are short, so general detectors only guess, and none knows the DOS code pages in which
/// Windows writes zips. Here, each candidate encoding decodes all names; a name that it cannot
/// decode counts against it. Each language of a candidate then scores its letters ([NameLetters]):
/// letters of the language count in favour; foreign letters, capitals inside a word and two scripts
/// in one word count against. The best candidate wins if its names are plausible at all; otherwise
/// the bytes stay as they are.
///
/// Takes a few microseconds a byte, and looks at no more than [#SAMPLE_BYTES_MAX]. Pure.
public final class NameCharsets {
  private static final int SAMPLE_BYTES_MAX = 4 << 10;

  /// The minimal average score of a character beyond ASCII; a letter of a language scores two or
  /// three.
  private static final double WEIGHT_MIN = 0.8;

  private static final double STRANGER = -3;
  private static final double MISPLACED = -3;
  private static final double MIXED = -4;

  private static final double SELDOM = 1.2;

  /// Hebrew and Greek letters that only end words.
  private static final String FINAL = "ךםןףץς";

  /// An encoding and the languages written in it.
  ///
  /// @param doubt a deduction for encodings that are rare where such names come from
  private record Candidate(Charset charset, List<NameLetters> languages, double doubt) {}

  private static final List<Candidate> DOS = candidates(true);
  private static final List<Candidate> OTHERS = candidates(false);

  private NameCharsets() {}

  /// Returns the encoding of names, or nothing if none gives plausible names.
  ///
  /// @param names not all ASCII, none UTF-8
  /// @param dos whether Windows or DOS probably wrote them: its code page then wins ties
  public static Optional<Charset> of(List<byte[]> names, boolean dos) {
    Optional<Charset> best = Optional.empty();
    double most = WEIGHT_MIN;
    for (Candidate candidate : dos ? DOS : OTHERS) {
      double weight = weight(candidate, names);
      if (weight > most) {
        most = weight;
        best = Optional.of(candidate.charset());
      }
    }
    return best;
  }

  /// Returns what bytes stand for, unless there is one that stands for nothing.
  public static Optional<String> decoded(byte[] bytes, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /// Returns what the names weigh for each character beyond ASCII, in the best language.
  private static double weight(Candidate candidate, List<byte[]> names) {
    var texts = new ArrayList<String>();
    int seen = 0;
    long high = 0;
    long undecoded = 0;
    for (byte[] name : names) {
      if (seen + name.length > SAMPLE_BYTES_MAX) {
        break;
      }
      Optional<String> text = decoded(name, candidate.charset());
      seen += name.length;
      if (text.isEmpty()) {
        undecoded += highBytes(name);
      } else {
        texts.add(text.get());
        high += text.get().chars().filter(c -> c >= 0x80).count();
      }
    }
    double best = Double.NEGATIVE_INFINITY;
    for (NameLetters language : candidate.languages()) {
      best = Math.max(best, texts.stream().mapToDouble(text -> weight(language, text)).sum());
    }
    double whole = best + undecoded * STRANGER;
    return whole / Math.max(1, high + undecoded) - candidate.doubt();
  }

  private static int highBytes(byte[] name) {
    int high = 0;
    for (byte b : name) {
      high += b < 0 ? 1 : 0;
    }
    return high;
  }

  private static double weight(NameLetters language, String text) {
    double weight = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char before = i > 0 ? text.charAt(i - 1) : ' ';
      char after = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
      if (c >= 0x80) {
        weight += language.weight(c).orElse(STRANGER);
        weight += isMisplaced(before, c, after) ? MISPLACED : 0;
      }
      boolean mixed =
          Character.isLetter(c)
              && Character.isLetter(before)
              && (c < 0x80) != (before < 0x80)
              && !language.isLatin();
      weight += mixed && !language.isIdeographic() ? MIXED : 0;
    }
    return weight;
  }

  /// Returns whether a capital is inside a lower-case word, or a final letter not at its end.
  private static boolean isMisplaced(char before, char c, char after) {
    if (Character.isUpperCase(c)) {
      return Character.isLowerCase(before)
          || (Character.isLetter(before) && Character.isLowerCase(after));
    }
    return FINAL.indexOf(c) >= 0 && Character.isLetter(after);
  }

  /// In the order in which they win ties.
  private static List<Candidate> candidates(boolean dos) {
    String[] latin = {"de", "fr", "es", "pt", "it", "nordic", "is"};
    String[] central = {"de", "pl", "cs", "hu", "ro", "hr"};
    var first = new ArrayList<Candidate>();
    double doubt = dos ? 0 : SELDOM;
    add(first, doubt, "IBM850", latin);
    add(first, doubt, "IBM437", latin);
    add(first, doubt, "IBM852", central);
    add(first, doubt, "IBM866", "ru", "uk");
    add(first, doubt, "IBM857", "tr");
    add(first, doubt, "IBM737", "el");
    add(first, doubt, "IBM862", "he");
    var second = new ArrayList<Candidate>();
    add(second, 0, "windows-1252", latin);
    add(second, 0, "windows-1250", central);
    add(second, 0, "windows-1251", "ru", "uk", "sr");
    add(second, 0, "windows-31j", "ja");
    add(second, 0, "GBK", "zh");
    add(second, 0, "Big5", "zh-tw");
    add(second, 0, "x-windows-949", "ko");
    add(second, 0, "windows-1254", "tr");
    add(second, 0, "windows-1253", "el");
    add(second, 0, "windows-1255", "he");
    add(second, 0, "windows-1256", "ar");
    add(second, 0, "x-windows-874", "th");
    add(second, 0, "KOI8-R", "ru");
    add(second, 0, "EUC-JP", "ja");
    add(second, SELDOM, "x-MacRoman", latin);
    return Stream.of(dos ? first : second, dos ? second : first).flatMap(List::stream).toList();
  }

  /// A reduced Java may lack some encodings.
  private static void add(
      List<Candidate> candidates, double doubt, String name, String... languages) {
    if (Charset.isSupported(name)) {
      List<NameLetters> letters = Stream.of(languages).map(NameLetters::of).toList();
      candidates.add(new Candidate(Charset.forName(name), letters, doubt));
    }
  }
}
