package brimful.model;

import brimful.extract.media.SpeechEndpoint;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/// The endpoint for speech that environment and configuration file set: `BRIMFUL_TRANSCRIBE…` and
/// `transcribe…`. The environment wins.
///
/// Its key is its own (`BRIMFUL_TRANSCRIBE_API_KEY` or `api_key.transcribe`). OpenAI's own endpoint
/// gets OpenAI's key; no other one gets a key that was meant for a model.
public final class TranscribeSettings {
  private static final String OWN_KEY = "api_key.transcribe";
  private static final String OPENAI = "api.openai.com";

  /// The names in a file, and the variable that overrides each.
  static final Map<String, String> NAMES =
      Map.of(
          "transcribe",
          SpeechEndpoint.ADDRESS,
          "transcribe_model",
          SpeechEndpoint.MODEL,
          "transcribe_language",
          SpeechEndpoint.LANGUAGE,
          "transcribe_usd_minute",
          SpeechEndpoint.PRICE,
          "transcribe_usd_max",
          SpeechEndpoint.USD_MAX);

  private TranscribeSettings() {}

  /// Returns the variables, with what the configuration file says where they say nothing.
  public static Map<String, String> in(Map<String, String> environment) {
    return merged(environment, ConfigFile.of(environment).values());
  }

  static Map<String, String> merged(Map<String, String> environment, Map<String, String> file) {
    var all = new HashMap<>(environment);
    NAMES.forEach((name, variable) -> fill(all, variable, file.getOrDefault(name, "")));
    fill(all, SpeechEndpoint.KEY, file.getOrDefault(OWN_KEY, ""));
    if (isOpenAi(all.getOrDefault(SpeechEndpoint.ADDRESS, ""))) {
      fill(all, SpeechEndpoint.KEY, environment.getOrDefault("OPENAI_API_KEY", ""));
      fill(all, SpeechEndpoint.KEY, file.getOrDefault("api_key.openai", ""));
    }
    return all;
  }

  private static void fill(Map<String, String> all, String variable, String value) {
    if (all.getOrDefault(variable, "").isBlank() && !value.isBlank()) {
      all.put(variable, value.strip());
    }
  }

  private static boolean isOpenAi(String address) {
    try {
      URI uri = URI.create(address.strip());
      return "https".equalsIgnoreCase(uri.getScheme()) && OPENAI.equalsIgnoreCase(uri.getHost());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
