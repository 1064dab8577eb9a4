package brimful.ask;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.UserError;
import org.junit.jupiter.api.Test;

final class PublicLineTest {
  @Test
  void hasNeitherAddressNorKey() {
    assertThat(
            PublicLine.of(
                "http://10.0.0.7:8080/v1 failed (500): try again [it says: key sk-abcdef12 or ****cdef]"))
        .isEqualTo("the model's server failed (500): try again [it says: key … or …]");
    assertThat(PublicLine.of("see https://host/v1: it, or (http://a.b/c)."))
        .isEqualTo("see the model's server: it, or (the model's server).");
    assertThat(PublicLine.of("2 ** 3 tokens")).doesNotContain("http");
  }

  @Test
  void whatTheCallerNamedStays() {
    var error =
        new UserError(UserError.Kind.FORBIDDEN, "http://10.0.0.7/a.git is not a public host: no");

    assertThat(PublicLine.of(error)).startsWith("http://10.0.0.7/a.git");
  }
}
