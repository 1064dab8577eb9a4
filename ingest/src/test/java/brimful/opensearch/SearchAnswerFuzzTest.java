package brimful.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.index.EngineCatalog.Address;
import brimful.testing.FuzzContract;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A search's answer is read, or refused with an [IOException].
final class SearchAnswerFuzzTest extends FuzzContract {
  private static final int CLAUSES = 13;
  private static final String ANSWER =
      """
      {"took":3,"timed_out":false,"_shards":{"total":1,"successful":1},"hits":{"total":{"value":2},"hits":[
      {"_id":"a","sort":[12.5,4294967351,7],"matched_queries":{"0":1.5,"12":0.25}},
      {"sort":[1.0e-5,4294967352,0],"matched_queries":{"1":1.0e-5}}]}}
      """;

  @Test
  void hasTheHitsAndTheRest() throws IOException {
    SearchAnswer answer = SearchAnswer.of(ANSWER.getBytes(UTF_8), CLAUSES);

    SearchAnswer.Found first = answer.hits().getFirst();
    assertThat(answer.hits()).hasSize(2);
    assertThat(first.score()).isEqualTo(12.5);
    assertThat(first.address()).isEqualTo(new Address(4_294_967_351L, 7));
    assertThat(first.clauses()).containsExactly(0, 12);
    assertThat(first.scores()).containsExactly(1.5f, 0.25f);
    assertThat(answer.hits().getLast().scores()).containsExactly(1e-5f);
    assertThat(answer.rest().path("_shards").path("total").asInt()).isEqualTo(1);
    assertThat(answer.rest().has("hits")).isFalse();
  }

  @Test
  void hasNoHitsWhereNothingMatches() throws IOException {
    assertThat(SearchAnswer.of("{\"timed_out\":false}".getBytes(UTF_8), CLAUSES).hits()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>proxy</html>",
        "[]",
        "{\"hits\":3}",
        "{\"hits\":{\"hits\":[{\"sort\":[1,2]}]}}",
        "{\"hits\":{\"hits\":[{\"matched_queries\":[\"0\"]}]}}",
        "{\"hits\":{\"hits\":[{\"matched_queries\":{\"x\":1}}]}}",
        "{\"hits\":{\"hits\":[{\"sort\":[1,2,3],\"matched_queries\":{\"13\":1}}]}}",
        "{\"hits\":{\"hits\":[{\"sort\":[1,2,3],\"matched_queries\":{\"-1\":1}}]}}",
        "{\"hits\":{\"hits\":[{\"matched_queries\":{\"0\":1}}]}}",
        "{\"hits\":{\"hits\":[{\"sort\":[1,2,3]}"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> SearchAnswer.of(text.getBytes(UTF_8), CLAUSES))
        .isInstanceOf(IOException.class);
  }

  @Override
  protected List<byte[]> examples() {
    return List.of(ANSWER.getBytes(UTF_8));
  }

  @Override
  protected void check(byte[] bytes) {
    try {
      assertThat(SearchAnswer.of(bytes, CLAUSES).hits())
          .allSatisfy(hit -> {
            assertThat(hit.clauses()).hasSameSizeAs(hit.scores());
            assertThat(Arrays.stream(hit.clauses()).boxed()).allMatch(n -> n >= 0 && n < CLAUSES);
          });
    } catch (IOException _) {
      // Refused.
    }
  }
}
