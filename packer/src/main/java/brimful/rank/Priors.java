package brimful.rank;

import brimful.corpus.Chunk;
import brimful.corpus.PathKind;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/// How likely each document answers a question, before any of its words is looked at: by its kind,
/// by what the corpus is, and by what the question asks for.
///
/// In a program, people ask about its code: its tests, examples and manuals say the words of a
/// question more often than the code that answers it. Where the corpus is not a program, or the
/// question asks how to do something, prose counts as much. The factors for tests and examples are
/// those of semble (MinishLab/semble) and roust.
final class Priors {
  private static final float PROSE_ABOUT_CODE = 0.3f;
  private static final float DATA_IN_REPORT = 0.3f;
  private static final float DATA = 0.5f;
  private static final float EXAMPLE = 0.3f;
  private static final float TEST = 0.3f;
  private static final float GENERATED = 0.1f;

  /// A package file that defines nothing only passes on, or describes, what other files define.
  private static final float EMPTY_PACKAGE_FILE = 0.5f;

  private static final int ENCODED_CHARS_MIN = 40;

  /// A line of Base64: no word of a text is as long.
  private static final Pattern ENCODED =
      Pattern.compile(
          "(?=.*[0-9])(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9+/]{" + ENCODED_CHARS_MIN + ",}+={0,2}");

  /// How many lines of a chunk are looked at.
  private static final int LINES_READ = 50;

  private final CorpusNames corpus;
  private final boolean equal;
  private final float[] factors;

  /// The documents of which some chunk that was read is encoded, and is not.
  private final BitSet encoded = new BitSet();

  private final BitSet readable = new BitSet();

  /// @param equal whether all documents get the same factor
  Priors(CorpusNames corpus, QuestionAnalysis question, boolean equal) {
    this.corpus = corpus;
    this.equal = equal;
    factors = new float[corpus.size()];
    for (int number = 0; number < factors.length; number++) {
      factors[number] = equal ? 1 : factor(corpus.kind(number), question);
    }
  }

  private float factor(PathKind kind, QuestionAnalysis question) {
    return switch (kind) {
      case SOURCE -> 1;
      case PACKAGE_FILE -> EMPTY_PACKAGE_FILE;
      case DOC ->
          question.report() || (corpus.isProgram() && !question.guide()) ? PROSE_ABOUT_CODE : 1;
      case MANIFEST -> question.aspects().isEmpty() ? data(question) : 1;
      case DATA -> data(question);
      case EXAMPLE -> EXAMPLE;
      case TEST -> question.tests() ? 1 : TEST;
      case GENERATED -> GENERATED;
    };
  }

  private static float data(QuestionAnalysis question) {
    return question.report() ? DATA_IN_REPORT : DATA;
  }

  /// Takes note of a chunk of a document: whether it defines something, or is a key, a signature or
  /// other encoded bytes, which say words of a question only by accident. A document of which
  /// nothing else was read counts as generated.
  void read(int number, Chunk chunk) {
    if (!chunk.definitions().isEmpty() && corpus.kind(number) == PathKind.PACKAGE_FILE) {
      factors[number] = 1;
    }
    (isEncoded(chunk.text()) ? encoded : readable).set(number);
  }

  private boolean isEncoded(int number) {
    return !equal && encoded.get(number) && !readable.get(number);
  }

  private static boolean isEncoded(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).limit(LINES_READ).toList();
    long encoded = lines.stream().filter(Priors::isEncodedLine).count();
    return encoded > 0 && 2 * encoded >= lines.size();
  }

  private static boolean isEncodedLine(String line) {
    // Nearly all lines have a space, which is found sooner than the pattern fails.
    return line.length() >= ENCODED_CHARS_MIN
        && line.indexOf(' ') < 0
        && ENCODED.matcher(line).matches();
  }

  /// Returns scores by number times the factors.
  float[] weighed(float[] scores) {
    float[] weighed = scores.clone();
    for (int number = 0; number < weighed.length; number++) {
      weighed[number] *= factors[number];
    }
    encoded.stream().forEach(number -> weighed[number] = scores[number] * factor(number));
    return weighed;
  }

  /// Returns the factor for a document's scores, above 0 and at most 1.
  float factor(int number) {
    return isEncoded(number) ? Math.min(factors[number], GENERATED) : factors[number];
  }

  float[] factors() {
    float[] all = factors.clone();
    encoded.stream().forEach(number -> all[number] = factor(number));
    return all;
  }
}
