package brimful.rank;

import brimful.corpus.PathKind;
import brimful.index.Outline;
import java.util.HashMap;
import java.util.List;

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

  private final PathKind[] kinds;
  private final float[] factors;
  private final boolean program;

  /// @param equal whether all documents get the same factor
  Priors(List<Outline> outlines, QuestionAnalysis question, boolean equal) {
    kinds = kinds(outlines);
    program = isProgram(outlines, kinds);
    factors = new float[kinds.length];
    for (int number = 0; number < factors.length; number++) {
      factors[number] = equal ? 1 : factor(kinds[number], question);
    }
  }

  private static PathKind[] kinds(List<Outline> outlines) {
    var kinds = new PathKind[outlines.size()];
    var folders = new HashMap<String, PathKind>();
    for (int number = 0; number < kinds.length; number++) {
      String path = outlines.get(number).document().value();
      int name = path.lastIndexOf('/') + 1;
      PathKind folder = folders.computeIfAbsent(path.substring(0, name), PathKind::ofFolder);
      kinds[number] = PathKind.lower(folder, PathKind.ofName(path.substring(name)));
    }
    return kinds;
  }

  /// Returns whether a corpus is a program: a file near its top says how to build it, or it has
  /// more code than prose.
  private static boolean isProgram(List<Outline> outlines, PathKind[] kinds) {
    int prose = 0;
    int code = 0;
    for (int number = 0; number < kinds.length; number++) {
      String path = outlines.get(number).document().value();
      boolean nearTop = path.indexOf('/', path.indexOf('/') + 1) < 0;
      if (nearTop && PathKind.isBuildFile(path.substring(path.lastIndexOf('/') + 1))) {
        return true;
      }
      prose += kinds[number] == PathKind.DOC ? 1 : 0;
      code += kinds[number] == PathKind.SOURCE ? 1 : 0;
    }
    return code > prose;
  }

  private float factor(PathKind kind, QuestionAnalysis question) {
    return switch (kind) {
      case SOURCE -> 1;
      case PACKAGE_FILE -> EMPTY_PACKAGE_FILE;
      case DOC -> question.report() || (program && !question.guide()) ? PROSE_ABOUT_CODE : 1;
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
    if (kinds[number] == PathKind.PACKAGE_FILE) {
      factors[number] = 1;
    }
  }

  PathKind kind(int number) {
    return kinds[number];
  }

  /// Returns the factor for a document's scores, above 0 and at most 1.
  float factor(int number) {
    return factors[number];
  }

  boolean isProgram() {
    return program;
  }

  /// Returns whether a document is code or data, which has definitions, and not prose.
  boolean isCode(int number) {
    return kinds[number] != PathKind.DOC;
  }

  float[] factors() {
    return factors.clone();
  }
}
