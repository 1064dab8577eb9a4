package brimful.model;

import static java.util.stream.Collectors.joining;

import brimful.corpus.UserError;
import brimful.extract.limit.Limit;
import brimful.extract.media.SpeechEndpoint;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Turns variables and file entries into [Settings], and collects all problems.
final class SettingsReader {
  static final String KEY_PREFIX = "api_key";

  private static final BigDecimal SPEND_USD_MAX_DEFAULT = new BigDecimal("0.50");
  private static final BigDecimal SPEND_USD_CEILING = new BigDecimal("10000");

  /// DeepSeek waits up to 10 minutes before it starts on a long prompt, and then closes the
  /// connection.
  private static final Duration SILENCE_MAX_DEFAULT = Duration.ofMinutes(15);

  private static final Duration SILENCE_FLOOR = Duration.ofSeconds(1);
  private static final Duration SILENCE_CEILING = Duration.ofHours(24);
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,6})\\s*([smh])");

  /// The names in a file, and the variable that overrides each.
  static final Map<String, String> NAMES =
      Map.of(
          "model",
          "BRIMFUL_MODEL",
          "base_url",
          "BRIMFUL_BASE_URL",
          "spend_usd_max",
          "BRIMFUL_SPEND_USD_MAX",
          "silence_max",
          "BRIMFUL_SILENCE_MAX",
          "reply_tokens",
          "BRIMFUL_REPLY_TOKENS",
          "thinking",
          "BRIMFUL_THINKING",
          KEY_PREFIX,
          "BRIMFUL_API_KEY");

  private final Map<String, String> environment;
  private final Map<String, String> file;
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Map<String, String> environment, Map<String, String> file) {
    this.environment = environment;
    this.file = file;
  }

  /// Returns whether a file may have an entry of this name.
  static boolean known(String name) {
    return NAMES.containsKey(name)
        || TranscribeSettings.NAMES.containsKey(name)
        || LimitSettings.known(name)
        || name.matches(KEY_PREFIX + "\\.[a-z0-9_-]{1,64}");
  }

  Settings read(Path path) {
    file.keySet().stream()
        .filter(name -> !known(name) && !name.startsWith(LimitSettings.PREFIX))
        .sorted()
        .forEach(name -> problems.add(unknown(name) + " (in " + path + ")"));
    var settings =
        new Settings(
            Objects.requireNonNullElse(path.getParent(), path),
            value("model"),
            baseUrl(),
            keys(),
            spend(),
            silence(),
            reply(),
            thinking());
    // Commands that read files take them from there; here, all problems are told at once.
    var _ = LimitSettings.limits(environment, file, Optional.of(path), problems);
    transcribe();
    if (!problems.isEmpty()) {
      throw new UserError(UserError.Kind.CONFIG, String.join("\n", problems));
    }
    return settings;
  }

  private void transcribe() {
    try {
      SpeechEndpoint.check(TranscribeSettings.merged(environment, file));
    } catch (UserError e) {
      problems.add(e.line());
    }
  }

  static String unknown(String name) {
    return "setting \"%s\" is not known: use one of %s, %s.PROVIDER, or %sNAME with a name of %s"
        .formatted(
            name,
            Stream.concat(NAMES.keySet().stream(), TranscribeSettings.NAMES.keySet().stream())
                .sorted()
                .collect(joining(", ")),
            KEY_PREFIX,
            LimitSettings.PREFIX,
            Limit.titles());
  }

  private String value(String name) {
    String variable = environment.getOrDefault(NAMES.getOrDefault(name, ""), "").strip();
    return variable.isEmpty() ? file.getOrDefault(name, "").strip() : variable;
  }

  private void problem(String name, String fix) {
    boolean fromFile = environment.getOrDefault(NAMES.getOrDefault(name, ""), "").isBlank();
    String called = fromFile ? name : NAMES.getOrDefault(name, name);
    problems.add("%s is \"%s\": %s".formatted(called, value(name), fix));
  }

  private String baseUrl() {
    String url = value("base_url");
    if (!url.isEmpty() && !url.matches("https?://[^\\s/]++.*+")) {
      problem("base_url", "write it like https://host/v1");
    }
    return url.replaceAll("(?<!/)/++$", "");
  }

  private Map<String, ApiKey> keys() {
    var keys = new TreeMap<String, ApiKey>();
    addKey(keys, "", KEY_PREFIX, value(KEY_PREFIX));
    file.forEach((name, text) -> {
      if (name.startsWith(KEY_PREFIX + ".")) {
        addKey(keys, name.substring(KEY_PREFIX.length() + 1), name, text);
      }
    });
    return keys;
  }

  private void addKey(Map<String, ApiKey> keys, String provider, String name, String text) {
    try {
      if (!text.isBlank()) {
        keys.put(provider, new ApiKey(text));
      }
    } catch (UserError e) {
      problems.add(name + ": " + e.getMessage());
    }
  }

  private BigDecimal spend() {
    String text = value("spend_usd_max");
    if (text.isEmpty()) {
      return SPEND_USD_MAX_DEFAULT;
    }
    try {
      var usd = new BigDecimal(text);
      if (usd.signum() >= 0 && usd.compareTo(SPEND_USD_CEILING) <= 0) {
        return usd;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of bounds is.
    }
    problem(
        "spend_usd_max",
        "write an amount between 0 and %s, like 0.50".formatted(SPEND_USD_CEILING));
    return SPEND_USD_MAX_DEFAULT;
  }

  private Duration silence() {
    String text = value("silence_max");
    if (text.isEmpty()) {
      return SILENCE_MAX_DEFAULT;
    }
    try {
      var matcher = SHORT_DURATION.matcher(text);
      Duration duration =
          Duration.parse(
              matcher.matches()
                  ? "PT" + matcher.group(1) + matcher.group(2).toUpperCase(Locale.ROOT)
                  : text);
      if (duration.compareTo(SILENCE_FLOOR) >= 0 && duration.compareTo(SILENCE_CEILING) <= 0) {
        return duration;
      }
    } catch (DateTimeException e) {
      // Told below, as a duration out of bounds is.
    }
    problem("silence_max", "write a time between 1s and 24h, like 15m");
    return SILENCE_MAX_DEFAULT;
  }

  private int reply() {
    String text = value("reply_tokens");
    if (text.isEmpty()) {
      return 0;
    }
    if (text.matches("\\d{1,8}") && Integer.parseInt(text) <= Settings.REPLY_TOKENS_MAX) {
      return Integer.parseInt(text);
    }
    problem("reply_tokens", "write a number of tokens, like 32768, or 0 for the model's own");
    return 0;
  }

  private Settings.Thinking thinking() {
    return switch (value("thinking").toLowerCase(Locale.ROOT)) {
      case "", "default" -> Settings.Thinking.DEFAULT;
      case "on" -> Settings.Thinking.ON;
      case "off" -> Settings.Thinking.OFF;
      default -> {
        problem("thinking", "write on, off or default");
        yield Settings.Thinking.DEFAULT;
      }
    };
  }
}
