package brimful.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-99, 0, 99",
    "bytes=10-, 10, 99",
    "bytes=10-5000, 10, 99",
    "bytes=-7, 93, 99",
    "bytes=-700, 0, 99",
    "' bytes=3-4 ', 3, 4",
  })
  void aPartIsOfTheFile(String header, long first, long last) {
    assertThat(ByteRange.of(header, 100)).hasValue(new ByteRange(first, last));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes=",
        "bytes=-",
        "bytes=-0",
        "bytes=100-",
        "bytes=5-4",
        "bytes=0-1,5-6",
        "bytes=9999999999999999999999-",
        "lines=0-1",
        "bytes=a-b",
      })
  void whatNamesNoSuchPartMeansTheWholeFile(String header) {
    assertThat(ByteRange.of(header, 100)).isEmpty();
    assertThat(ByteRange.of(header, 0)).isEmpty();
  }

  @Test
  void saysWhereItIs() {
    assertThat(new ByteRange(10, 19).bytes()).isEqualTo(10);
    assertThat(new ByteRange(10, 19).display(100)).isEqualTo("bytes 10-19/100");
  }
}
