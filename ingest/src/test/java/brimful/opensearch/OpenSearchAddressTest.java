package brimful.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenSearchAddressTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("BRIMFUL_OPENSEARCH_USER", "bob", "BRIMFUL_OPENSEARCH_PASSWORD", "secret");

  @Test
  void readsUserAndPasswordFromTheAddressFirst() {
    var address =
        OpenSearchAddress.of("opensearch=https://ann:p%40ss:word@search:9200/acme", ENVIRONMENT);

    assertThat(address.server()).hasToString("https://search:9200");
    assertThat(address)
        .extracting(OpenSearchAddress::prefix, OpenSearchAddress::user, OpenSearchAddress::password)
        .containsExactly("acme", "ann", "p@ss:word");
    assertThat(address).hasToString("https://search:9200/acme");
  }

  @Test
  void readsThemFromTheEnvironmentElse() {
    var address = OpenSearchAddress.of("opensearch=http://[::1]:9200/base/acme/", ENVIRONMENT);

    assertThat(address.server()).hasToString("http://[::1]:9200/base");
    assertThat(address)
        .extracting(OpenSearchAddress::prefix, OpenSearchAddress::user, OpenSearchAddress::password)
        .containsExactly("acme", "bob", "secret");
    assertThat(OpenSearchAddress.of("opensearch=http://h", Map.of()).prefix()).isEqualTo("brimful");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ann:hunter2@search:9200",
        "opensearch=ftp://ann:hunter2@search",
        "opensearch=https://ann:hunter2@search/Upper",
        "opensearch=https://ann:hunter2@search/a?b=c",
        "opensearch=https://ann:hunter2 @search/a",
        "opensearch=ann:hunter2@search",
        "ann:hunter2@search:9200",
        "hunter2@ann@search:9200",
        "opensearch="
      })
  void refusesOthersWithoutTheirPassword(String text) {
    assertThatThrownBy(() -> OpenSearchAddress.of(text, Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--index ")
        .hasMessageNotContaining("hunter2");
  }
}
