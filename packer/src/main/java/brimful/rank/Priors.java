package brimful.rank;

import brimful.corpus.PathKind;

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

  private final CorpusNames corpus;
  private final float[] factors;

  /// @param equal whether all documents get the same factor
  Priors(CorpusNames corpus, QuestionAnalysis question, boolean equal) {
    this.corpus = corpus;
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

  /// Notes that a document defines something.
  void defines(int number) {
    if (corpus.kind(number) == PathKind.PACKAGE_FILE) {
      factors[number] = 1;
    }
  }

  /// Returns the factor for a document's scores, above 0 and at most 1.
  float factor(int number) {
    return factors[number];
  }

  float[] factors() {
    return factors.clone();
  }
}
