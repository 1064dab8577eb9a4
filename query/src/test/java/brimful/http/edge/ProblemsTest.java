package brimful.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProblemsTest {
  @ParameterizedTest
  @CsvSource({
    "USAGE, 400", "INPUT, 400", "TOO_LARGE, 413", "MEDIA_TYPE, 415", "NOT_FOUND, 404",
    "UNAUTHENTICATED, 401", "FORBIDDEN, 403", "UNPAID, 402", "CONFLICT, 409", "UNANSWERABLE, 422",
    "RATE_LIMITED, 429", "BUSY, 503", "UNAVAILABLE, 503", "UPSTREAM, 502", "TIMEOUT, 504",
    "CUT_OFF, 502", "CONFIG, 500", "CANNOT_WRITE, 500", "IO, 500", "DISK_FULL, 507"
  })
  void everyKindHasItsStatus(UserError.Kind kind, int status) {
    Problem problem = Problems.of(new UserError(kind, "what is wrong: what to do"));

    assertThat(problem.status().getCode()).isEqualTo(status);
    assertThat(problem.openAi().path("error").path("code").asText()).isEqualTo("" + status);
    assertThat(problem.json().path("status").asInt()).isEqualTo(status);
    assertThat(Problems.retryAfter(problem.status()).isPresent())
        .isEqualTo(status == 429 || status == 503);
  }

  @Test
  void noKindIsLeftOut() {
    assertThat(Arrays.stream(UserError.Kind.values()).map(Problems::status)).doesNotContainNull();
  }

  @Test
  void whatIsOursTellsNothingOfTheInside() {
    String inside = "/home/me/secret.txt";

    for (Exception e :
        new Exception[] {
          new IllegalArgumentException(inside),
          new IllegalStateException(inside),
          new UncheckedIOException(inside, new IOException(inside)),
          new UserError(UserError.Kind.CONFIG, inside),
          new UserError(UserError.Kind.IO, inside)
        }) {
      Problem problem = Problems.of(e);

      assertThat(problem.status().getCode()).as("%s", e).isEqualTo(500);
      assertThat(problem.detail()).doesNotContain("secret");
    }
  }

  @Test
  void aFullDiskIsToldFromABrokenOne() {
    var full = new UncheckedIOException(new IOException("No space left on device"));

    assertThat(Problems.of(full).status().getCode()).isEqualTo(507);
    assertThat(Problems.of(full).detail()).contains("disk is full");
  }

  @Test
  void whatWasStoppedMayBeTriedAgain() {
    assertThat(Problems.of(new CancellationException("x")).status().getCode()).isEqualTo(503);
  }
}
