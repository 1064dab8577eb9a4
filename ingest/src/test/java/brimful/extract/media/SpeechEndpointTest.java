package brimful.extract.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpeechEndpointTest {
  private static SpeechEndpoint endpoint(String address) {
    return SpeechEndpoint.of(Map.of(SpeechEndpoint.ADDRESS, address)).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1, https://api.openai.com/v1/audio/transcriptions",
    "http://localhost:8000, http://localhost:8000/v1/audio/transcriptions",
    "http://localhost:8000/, http://localhost:8000/v1/audio/transcriptions",
    "http://h/openai/v1/, http://h/openai/v1/audio/transcriptions",
    "http://h/v1/audio/transcriptions, http://h/v1/audio/transcriptions",
    "http://h/v1/audio/transcriptions?a=b, http://h/v1/audio/transcriptions?a=b"
  })
  void takesTheAddressOfAServer(String address, String uri) {
    assertThat(endpoint(address).uri()).hasToString(uri);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "ftp://h/v1", "http://", "http://u:secret@h/v1", "http://h/ /"})
  void refusesWhatIsNoAddress(String address) {
    assertThatThrownBy(() -> endpoint(address))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--transcribe \"")
        .hasMessageContaining("say off, or an address like")
        .hasMessageNotContaining("secret");
  }

  @Test
  void isOffUnlessItIsNamed() {
    assertThat(SpeechEndpoint.of(Map.of())).isEmpty();
    assertThat(SpeechEndpoint.of(Map.of(SpeechEndpoint.ADDRESS, " OFF "))).isEmpty();
  }

  @Test
  void aPriceIsANumberAndAKeyIsNotShown() {
    var all =
        Map.of(
            SpeechEndpoint.ADDRESS, "http://h",
            SpeechEndpoint.PRICE, "0.006",
            SpeechEndpoint.KEY, "sk-secret");

    assertThat(SpeechEndpoint.of(all).orElseThrow().usdMinute()).contains(new BigDecimal("0.006"));
    assertThat(SpeechEndpoint.of(all).orElseThrow().toString()).doesNotContain("secret");
    assertThatThrownBy(() -> SpeechEndpoint.check(Map.of(SpeechEndpoint.PRICE, "cheap")))
        .hasMessage(
            "BRIMFUL_TRANSCRIBE_USD_MINUTE is \"cheap\": write US dollars a minute, like 0.006");
  }
}
