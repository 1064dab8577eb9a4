package brimful.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BucketAddressTest {
  @Test
  void finalSlashesMeanNothing() {
    assertThat(BucketAddress.of("s3://docs/a/b//")).isEqualTo(new BucketAddress("docs", "a/b"));
    assertThat(BucketAddress.of("s3://docs/")).hasToString("s3://docs");
    assertThat(BucketAddress.of("s3://docs").keyStart()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://",
        "s3://a",
        "s3://Docs/x",
        "s3://docs:80/x",
        "s3://user@docs/x",
        "s3://docs?x=1",
        "s3:///x",
        "s3://docs/../x",
        "s3://docs/a/./b",
        "s3://docs/a\nb"
      })
  void refusesOthers(String location) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> BucketAddress.of(location))
        .matches(e -> e.kind() == UserError.Kind.USAGE);
  }

  @Test
  void aRootEndsAtASlash() {
    var roots = List.of(BucketAddress.of("s3://docs/team"), BucketAddress.of("s3://all"));

    assertThat(BucketAddress.of("s3://docs/team").isBelow(roots)).isTrue();
    assertThat(BucketAddress.of("s3://docs/team/a").isBelow(roots)).isTrue();
    assertThat(BucketAddress.of("s3://all/b").isBelow(roots)).isTrue();
    assertThat(BucketAddress.of("s3://docs/teams").isBelow(roots)).isFalse();
    assertThat(BucketAddress.of("s3://docs").isBelow(roots)).isFalse();
    assertThat(BucketAddress.of("s3://alls/b").isBelow(roots)).isFalse();
  }
}
