package brimful.collection.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "src/**, src/a.txt, true",
    "src/**, src/a/b.txt, true",
    "src/**, test/src/a.txt, false",
    "src/**/b.txt, src/b.txt, true",
    "src/**/b.txt, src/a/c/b.txt, true",
    "src/*, src/a.txt, true",
    "src/*, src/a/b.txt, true",
    "src/*.txt, src/a/b.txt, false",
    "*.md, README.md, true",
    "*.md, docs/README.md, false",
    "**/*.md, docs/README.md, true",
    "**/*.md, README.md, true",
    "src, src/a/b.txt, true",
    "src/, src/a/b.txt, true",
    "src, srcs/a.txt, false",
    "a?c, abc, true",
    "a?c, a/c, false",
    "./src/a.txt, src/a.txt, true",
    "(a|b)+, a, false"
  })
  void matchesAsPeopleExpect(String pattern, String path, boolean expected) {
    assertThat(new Glob(pattern).matches(path)).isEqualTo(expected);
  }

  @Test
  void agreesWithTheJdkOnSimplePatterns() {
    for (String pattern : new String[] {"a*c.txt", "*", "?x*", "dir/*.java", "d?r/a*"}) {
      for (String path : new String[] {"abc.txt", "ac.txt", "x", "yx", "dir/A.java", "dir/abc"}) {
        boolean jdk =
            FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(path));

        // Ours also takes what is below a folder that matches.
        if (jdk || !path.contains("/")) {
          assertThat(new Glob(pattern).matches(path)).as(pattern + " " + path).isEqualTo(jdk);
        }
      }
    }
  }

  @Test
  void takesLinearTimeForHostilePatterns() {
    var glob = new Glob("*a".repeat(500) + "b");

    org.junit.jupiter.api.Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> assertThat(glob.matches("a".repeat(4_000))).isFalse());
  }
}
