package brimful.source;

import static brimful.source.Listings.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import brimful.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Git itself is the judge: what `git ls-files --cached --others --exclude-standard` lists is read.
final class GitListingTest {
  @TempDir Path temp;
  private final Map<String, String> variables = new HashMap<>();
  private Path root = Path.of("");
  private Path home = Path.of("");

  @BeforeEach
  void aHomeAndAFolder() throws IOException {
    temp = temp.toRealPath();
    root = Files.createDirectories(temp.resolve("root"));
    home = Files.createDirectories(temp.resolve("home"));
    variables.put("HOME", home.toString());
    variables.put("GIT_CONFIG_NOSYSTEM", "1");
  }

  private Source source(Path folder) {
    return new FolderSource(
        folder, Rules.standard(), Listings.CLOCK, new GitEnvironment(variables), OwnFiles.NONE);
  }

  private void agree(RealGit git, Path folder) {
    assertThat(new TreeSet<>(read(source(folder)))).isEqualTo(git.files(folder));
  }

  @Seeds({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 42})
  void readsWhatGitLists(long seed) {
    assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "names are not UTF-8 here");
    var git = RealGit.with(variables);

    Path folder = new RandomRepository(git, new Random(seed), root, home).make();

    agree(git, folder);
  }
}
