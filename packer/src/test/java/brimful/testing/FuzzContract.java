package brimful.testing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;

/// What reads bytes from outside survives all of them: it gives a result, or its documented
/// failure.
///
/// Each build tries some hundred cases of fixed seeds, and `-Dfuzz.cases=N` as many of each seed.
/// `bench/fuzz` tries a million, and then lets Jazzer search for cases that reach new code.
public abstract class FuzzContract {
  private static final int CASES_IN_A_BUILD = 100;

  private long cases;

  /// Feeds one case to the code under test.
  ///
  /// @throws Exception if the code did anything but what its documentation allows
  protected abstract void check(byte[] bytes) throws Exception;

  /// Returns valid inputs, which random cases are made from by mutation; may be empty.
  protected List<byte[]> examples() {
    return List.of();
  }

  /// Returns how many times as long a case takes as one of a target that only decodes: of those
  /// that `-Dfuzz.cases` asks for, so many fewer are tried.
  protected int slowness() {
    return 1;
  }

  @Seeds
  protected void survivesRandomBytes(long seed) throws Exception {
    var hostile = new HostileBytes(new Random(seed), examples());
    int count = Integer.getInteger("fuzz.cases", CASES_IN_A_BUILD * slowness()) / slowness();
    for (int i = 0; i < count; i++) {
      tryOut(hostile.next());
    }
  }

  @Tag("fuzz")
  @FuzzTest(maxDuration = "1m")
  protected void survivesGuidedBytes(byte[] bytes) throws Exception {
    check(bytes);
  }

  private void tryOut(byte[] bytes) throws Exception {
    cases++;
    try {
      check(bytes);
    } catch (Exception | AssertionError | StackOverflowError e) {
      throw new AssertionError(
          "case %s fails: %s".formatted(cases, HostileBytes.literal(bytes)), e);
    }
  }

  @AfterEach
  protected void printCases(TestInfo test) {
    if (Integer.getInteger("fuzz.cases") != null && cases > 0) {
      System.out.println("fuzz " + getClass().getSimpleName() + ": " + cases + " cases");
    }
  }
}
