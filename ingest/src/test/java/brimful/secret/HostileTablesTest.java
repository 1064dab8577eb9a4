package brimful.secret;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.extract.Section;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts in which each line may begin a table, or a secret before its keyword. The limit is of
/// minutes: a search that is not bounded at each of them takes longer.
final class HostileTablesTest {
  private static final int SIZE = 300_000;

  private static void isMasked(String file, String text) {
    var section = new Section(new Locator.Lines(1, 9_999_999), text);

    List<Section> masked = new SecretMask().masked(new DocumentId(file), List.of(section));

    assertThat(masked.getFirst().text().lines().count()).isEqualTo(text.lines().count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,password",
        "ann,4711,password here",
        "|password|pwd|",
        "|password|",
        "password|a1b2c3d4",
        "a\tpassword",
        "password=a;",
        ";pwd=b1;c=d;",
        ";pwd='b1c2d3;",
        "<tr><th>password",
        "<tr><td>password",
        "<tr><td>a>password",
        "<tr><th>password</th></tr>",
        "<tr password",
        "th password",
        "<th>pwd</th>",
        "\"password",
        "a,\"\"\"password,",
        "0AZDO",
        "AZDO-",
        "aJQQJ9",
        "0Q~.",
        "a:b@tcp(",
        "@unix(",
        "a1-us1",
        "a.atlasv1."
      })
  @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void timeIsLinear(String line) {
    for (String file : List.of("a.csv", "a.log", "a.xlsx")) {
      isMasked(file, (line + "\n").repeat(SIZE / (line.length() + 1)));
      isMasked(file, line.repeat(SIZE / line.length()));
    }
  }

  @Test
  @Tag("slow")
  @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void timeIsLinearInALongLog() {
    isMasked("a.log", "4711,a password\n4712,another\n".repeat(12_000_000 / 30));
  }
}
