package brimful.model;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// The person's choices, read once from the environment and the configuration file.
///
/// The environment wins over the file. Secrets never print.
///
/// @param home the folder of the configuration
/// @param model the model to ask; empty for the catalog's default
/// @param baseUrl the server to ask instead of the model's provider; may be empty
/// @param keys by provider; "" has the one for any provider
/// @param spendUsdMax a question that may cost more needs confirmation
/// @param silenceMax how long to wait for the next piece of a reply, or for the first
/// @param replyTokens tokens reserved for the reply; 0 for the model profile's value
/// @param thinking whether the model is told to reason first
public record Settings(
    Path home,
    String model,
    String baseUrl,
    Map<String, ApiKey> keys,
    BigDecimal spendUsdMax,
    Duration silenceMax,
    int replyTokens,
    Thinking thinking) {
  /// The most that can be reserved for a reply.
  public static final int REPLY_TOKENS_MAX = 10_000_000;

  public Settings {
    keys = Map.copyOf(keys);
  }

  /// Whether a model reasons before it answers.
  public enum Thinking {
    /// The model's default; nothing is sent.
    DEFAULT,
    ON,
    OFF
  }

  /// Reads the settings.
  ///
  /// @param environment the process's variables
  /// @throws IllegalArgumentException if some are wrong; the message has every problem, a line each
  public static Settings read(Map<String, String> environment) {
    ConfigFile file = ConfigFile.of(environment);
    return new SettingsReader(environment, file.values()).read(file.path().toAbsolutePath());
  }

  /// Returns the key for a model, or [ApiKey#NONE].
  ///
  /// @param profile the model
  /// @param environment the process's variables, where the provider's own key wins
  public ApiKey key(ModelProfile profile, Map<String, String> environment) {
    String variable = profile.endpoint().keyVariable();
    String own = variable.isEmpty() ? "" : environment.getOrDefault(variable, "");
    if (!own.isBlank()) {
      return new ApiKey(own);
    }
    ApiKey any = keys.getOrDefault("", ApiKey.NONE);
    return keys.getOrDefault(profile.endpoint().provider(), any);
  }

  /// Returns the tokens to reserve for a model's reply: the person's choice, otherwise the model's
  /// default.
  public int replyTokens(ModelProfile profile) {
    return replyTokens > 0 ? replyTokens : profile.limits().replyTokens();
  }

  /// Returns the person's own list of models; it need not exist.
  public Path models() {
    return home.resolve(ModelCatalog.FILE);
  }

  /// Returns the settings without their secrets, sorted by name.
  public Map<String, String> display() {
    var shown = new TreeMap<String, String>();
    shown.put("model", model);
    shown.put("base_url", baseUrl);
    shown.put("spend_usd_max", spendUsdMax.toPlainString());
    shown.put("silence_max", silenceMax.toString());
    shown.put("reply_tokens", Integer.toString(replyTokens));
    shown.put("thinking", thinking.name().toLowerCase(java.util.Locale.ROOT));
    keys.forEach((provider, key) ->
        shown.put(provider.isEmpty() ? "api_key" : "api_key." + provider, key.masked()));
    return shown;
  }
}
