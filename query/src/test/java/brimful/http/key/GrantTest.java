package brimful.http.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GrantTest {
  @TempDir Path root;

  @Test
  void rootsLeaveWhatEverybodySees() {
    var narrow = new Grant(List.of("*"), Set.of(Right.MANAGE), List.of(root));

    assertThat(narrow.reaches(root.toString())).isTrue();
    assertThat(narrow.reaches("https://8.8.8.8/owner/name.git")).isTrue();
    assertThat(narrow.reaches("web:https://8.8.8.8/guide/")).isTrue();
    assertThat(narrow.reaches("web:http://10.0.0.1/guide/")).isFalse();
    assertThat(narrow.reaches("s3://docs/team")).isFalse();
    assertThat(narrow.reaches("/etc")).isFalse();
  }
}
