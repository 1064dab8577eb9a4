package brimful.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class HomePathTest {
  private static final Map<String, String> HOME = Map.of("HOME", "/home/me");

  @Test
  void putsTheHomeFolderInFront() {
    assertThat(HomePath.expanded("~", HOME)).isEqualTo("/home/me");
    assertThat(HomePath.expanded("~/src", HOME)).isEqualTo("/home/me/src");
    assertThat(HomePath.expanded("~/src", Map.of("USERPROFILE", "C:\\me"))).isEqualTo("C:\\me/src");
    assertThat(HomePath.expanded("~/src", Map.of())).doesNotStartWith("~");
  }

  @Test
  void leavesOtherPathsAlone() {
    for (String path : new String[] {"", "a/~", "~a", "./~/x", "/~", "repo.git@v1"}) {
      assertThat(HomePath.expanded(path, HOME)).isEqualTo(path);
    }
  }
}
