package brimful.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import brimful.extract.media.SpeechEndpoint;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TranscribeSettingsTest {
  private static final String OPENAI = "https://api.openai.com/v1";

  private static String key(Map<String, String> environment, Map<String, String> file) {
    return TranscribeSettings.merged(environment, file).getOrDefault(SpeechEndpoint.KEY, "none");
  }

  @Test
  void theEnvironmentWinsOverTheFile() {
    Map<String, String> merged =
        TranscribeSettings.merged(
            Map.of(SpeechEndpoint.MODEL, "large", SpeechEndpoint.ADDRESS, " "),
            Map.of("transcribe", "http://h", "transcribe_model", "small"));

    assertThat(merged)
        .containsEntry(SpeechEndpoint.MODEL, "large")
        .containsEntry(SpeechEndpoint.ADDRESS, "http://h");
  }

  @Test
  void noOtherEndpointGetsAKeyOfOpenAi() {
    Map<String, String> openAiKey = Map.of("OPENAI_API_KEY", "sk-openai");

    assertThat(key(openAiKey, Map.of("transcribe", OPENAI))).isEqualTo("sk-openai");
    assertThat(key(Map.of(), Map.of("transcribe", OPENAI, "api_key.openai", "sk-file")))
        .isEqualTo("sk-file");
    assertThat(key(openAiKey, Map.of("transcribe", OPENAI, "api_key.transcribe", "own")))
        .isEqualTo("own");
    for (String other :
        new String[] {
          "http://localhost:8000/v1",
          "http://api.openai.com/v1",
          "https://api.openai.com.example.org/v1",
          "https://api.openai.com@example.org/v1"
        }) {
      assertThat(key(openAiKey, Map.of("transcribe", other, "api_key.openai", "sk-file")))
          .as(other)
          .isEqualTo("none");
    }
  }

  @Test
  void whatIsWrongIsSaidWithTheOtherSettings() {
    var reader =
        new SettingsReader(
            Map.of(SpeechEndpoint.ADDRESS, "nowhere", "BRIMFUL_REPLY_TOKENS", "many"), Map.of());

    assertThatThrownBy(() -> reader.read(Path.of("config.properties")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--transcribe \"nowhere\"")
        .hasMessageContaining("BRIMFUL_REPLY_TOKENS is \"many\"");
  }
}
