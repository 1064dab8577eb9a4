package brimful.extract.media;

import brimful.corpus.UserError;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// The endpoint of a person's choice that writes down what is said, as OpenAI's
/// `/v1/audio/transcriptions` does; servers for local Whisper models have the same.
///
/// @param uri where sound is sent
/// @param model such as `whisper-1`
/// @param language what is spoken, such as `de`; empty to have it recognised
/// @param key for the endpoint; never shown
/// @param usdMinute what a minute costs, if that is known
/// @param usdMax what this process may spend, if the price is known
public record SpeechEndpoint(
    URI uri,
    String model,
    String language,
    String key,
    Optional<BigDecimal> usdMinute,
    BigDecimal usdMax) {
  /// The variables with the address, which may be `off`, and with the other settings.
  public static final String ADDRESS = "BRIMFUL_TRANSCRIBE";

  public static final String MODEL = "BRIMFUL_TRANSCRIBE_MODEL";
  public static final String LANGUAGE = "BRIMFUL_TRANSCRIBE_LANGUAGE";
  public static final String KEY = "BRIMFUL_TRANSCRIBE_API_KEY";
  public static final String PRICE = "BRIMFUL_TRANSCRIBE_USD_MINUTE";

  public static final String USD_MAX = "BRIMFUL_TRANSCRIBE_USD_MAX";

  private static final String PATH = "/audio/transcriptions";
  private static final String MODEL_DEFAULT = "whisper-1";
  private static final BigDecimal PRICE_MAX = BigDecimal.valueOf(10_000);
  private static final BigDecimal USD_MAX_DEFAULT = BigDecimal.valueOf(5);

  /// Returns the endpoint that the variables name, if they name one.
  ///
  /// @throws UserError if a variable is wrong
  static Optional<SpeechEndpoint> of(Map<String, String> environment) {
    String address = environment.getOrDefault(ADDRESS, "").strip();
    if (address.isEmpty() || address.equalsIgnoreCase("off")) {
      return Optional.empty();
    }
    String model = environment.getOrDefault(MODEL, "").strip();
    return Optional.of(
        new SpeechEndpoint(
            uri(address),
            printable(MODEL, model.isEmpty() ? MODEL_DEFAULT : model),
            printable(LANGUAGE, environment.getOrDefault(LANGUAGE, "").strip()),
            key(environment.getOrDefault(KEY, "").strip()),
            usd(environment, PRICE, "US dollars a minute, like 0.006"),
            usd(environment, USD_MAX, "US dollars a run, like 5").orElse(USD_MAX_DEFAULT)));
  }

  /// Checks the variables.
  ///
  /// @throws UserError if one is wrong, whether or not an endpoint is named
  public static void check(Map<String, String> environment) {
    var _ = of(environment);
    var _ = usd(environment, PRICE, "US dollars a minute, like 0.006");
    var _ = usd(environment, USD_MAX, "US dollars a run, like 5");
  }

  /// Returns the place of transcriptions for the base address of a server, with or without `/v1`.
  private static URI uri(String address) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      throw wrongAddress(address);
    }
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.matches("(?i)https?") || uri.getHost() == null || uri.getUserInfo() != null) {
      throw wrongAddress(address);
    }
    String path = uri.getPath().replaceFirst("/+$", "");
    if (path.endsWith(PATH)) {
      return uri;
    }
    String base = path.isEmpty() ? "/v1" : path;
    return uri.resolve(base + PATH);
  }

  private static UserError wrongAddress(String address) {
    return new UserError(
        UserError.Kind.USAGE,
        "--transcribe \"%s\" (%s): say off, or an address like https://api.openai.com/v1 or http://localhost:8000/v1"
            .formatted(address.replaceAll("//[^/@]*@", "//…@"), ADDRESS));
  }

  private static String printable(String name, String value) {
    if (value.length() > 200 || value.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '"')) {
      throw new UserError(
          UserError.Kind.CONFIG, "%s is \"%s\": write one short line".formatted(name, value));
    }
    return value;
  }

  private static String key(String key) {
    if (key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new UserError(
          UserError.Kind.CONFIG,
          KEY + " contains spaces or other invalid characters: copy it again");
    }
    return key;
  }

  private static Optional<BigDecimal> usd(
      Map<String, String> environment, String name, String what) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      var usd = new BigDecimal(text);
      if (usd.signum() >= 0 && usd.compareTo(PRICE_MAX) <= 0) {
        return Optional.of(usd);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UserError(
        UserError.Kind.CONFIG, "%s is \"%s\": write %s".formatted(name, text, what));
  }

  /// Returns what makes another text of the same sound.
  String identity() {
    return "%s %s %s".formatted(uri.getAuthority(), model, language);
  }

  /// Returns a text without the key, in case a server has quoted it.
  String redact(String text) {
    return key.isEmpty() ? text : text.replace(key, "…");
  }

  @Override
  public String toString() {
    return "SpeechEndpoint[%s, %s]".formatted(uri, model);
  }
}
