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
  void hasNoOptionOfTheCommandLine() {
    assertThat(
            PublicLine.withoutOptions("skipped: video (ffmpeg, and --transcribe for what is said)"))
        .isEqualTo("skipped: video (ffmpeg, and an endpoint that transcribes for what is said)");
    assertThat(PublicLine.of("host:1 does not answer: check --base-url, the network and a proxy"))
        .isEqualTo("host:1 does not answer: check the model's address, the network and a proxy");
    assertThat(PublicLine.of("no answer: add --retry-failed to ask again"))
        .isEqualTo("no answer: add retry_failed to ask again");
    assertThat(
            PublicLine.of(
                new UserError(
                    UserError.Kind.INPUT,
                    "no text in docs, 2 files skipped: see which rules left files out, and lift one with --keep RULE")))
        .isEqualTo("no text in docs, 2 files skipped: see what became of its files");
    assertThat(
            PublicLine.of(
                new UserError(
                    UserError.Kind.FORBIDDEN,
                    "s3://b is not below a bucket that this server may read: name it in its --roots")))
        .endsWith(": whoever runs the server may add it to its roots");
  }

  @Test
  void whatTheCallerNamedStays() {
    var error =
        new UserError(UserError.Kind.FORBIDDEN, "http://10.0.0.7/a.git is not a public host: no");

    assertThat(PublicLine.of(error)).startsWith("http://10.0.0.7/a.git");
  }
}
