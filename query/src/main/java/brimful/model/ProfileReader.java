package brimful.model;

import brimful.token.Vision;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads one model of the catalog; every problem is noted, and one is enough for no profile.
final class ProfileReader {
  private static final int REPLY_TOKENS_DEFAULT = 8_192;

  private final String id;
  private final JsonValue fields;
  private final List<String> problems;
  private final int problemsBefore;

  ProfileReader(String id, JsonValue fields, List<String> problems) {
    this.id = id;
    this.fields = fields;
    this.problems = problems;
    this.problemsBefore = problems.size();
  }

  Optional<ModelProfile> read() {
    Optional<ModelProfile.Limits> limits = limits();
    ModelProfile.Endpoint endpoint = endpoint();
    List<TokenPrice> rates = rates();
    CacheRule cache = cache();
    List<String> modalities = texts("modalities");
    Optional<Vision> vision =
        modalities.contains("image")
            ? new VisionReader(id, fields, problems).read()
            : Optional.empty();
    var source =
        new ModelProfile.Source(
            fields.field("source").text("not given"), fields.field("as_of").text("not given"));
    if (limits.isEmpty() || problems.size() > problemsBefore) {
      return Optional.empty();
    }
    return Optional.of(
        new ModelProfile(
            id,
            texts("aliases"),
            endpoint,
            limits.get(),
            modalities,
            vision,
            rates,
            cache,
            fields.field("tokenizer").text("estimate"),
            source));
  }

  private CacheRule cache() {
    JsonValue cache = fields.field("cache");
    String kind = cache.field("kind").text("none");
    String match = cache.field("match").text(kind.equals("automatic") ? "prefix" : "nothing");
    try {
      return new CacheRule(
          kind,
          CacheRule.Match.valueOf(match.toUpperCase(Locale.ROOT)),
          (int) cache.field("tokens_min").number(0),
          (int) cache.field("tokens_step").number(1),
          cache.field("write_factor").number(1),
          cache.field("read_factor").number(1),
          cache.field("unit").text("-"));
    } catch (IllegalArgumentException e) {
      problem(
          "cache",
          cache.toString(),
          "write a match of prefix, units, marks or nothing, and numbers that are not negative");
      return CacheRule.NONE;
    }
  }

  private ModelProfile.Endpoint endpoint() {
    String field = fields.field("reply_field").text("max_tokens");
    ModelProfile.ReplyField reply = ModelProfile.ReplyField.MAX_TOKENS;
    if (field.equals("max_completion_tokens")) {
      reply = ModelProfile.ReplyField.MAX_COMPLETION_TOKENS;
    } else if (!field.equals("max_tokens")) {
      problem("reply_field", field, "write max_tokens or max_completion_tokens");
    }
    String baseUrl = fields.field("base_url").text("");
    if (!baseUrl.isEmpty() && !baseUrl.matches("https?://[^\\s/]++.*+")) {
      problem("base_url", baseUrl, "write it like https://host/v1");
    }
    return new ModelProfile.Endpoint(
        fields.field("provider").text(""),
        baseUrl.replaceAll("(?<!/)/++$", ""),
        fields.field("key_variable").text(""),
        fields.field("family").text(fields.field("provider").text("")),
        reply,
        fields.field("thinking_switch").value().equals(true));
  }

  private Optional<ModelProfile.Limits> limits() {
    int window = tokens("window_tokens", 0);
    int replyMax = tokens("reply_tokens_max", Math.max(1, window / 2));
    int promptMax = tokens("prompt_tokens_max", window);
    int reply = tokens("reply_tokens", Math.min(REPLY_TOKENS_DEFAULT, Math.max(1, window / 4)));
    int template = tokens("template_tokens", 0);
    if (problems.size() > problemsBefore) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ModelProfile.Limits(
              window, promptMax, replyMax, Math.min(reply, replyMax), template));
    } catch (IllegalArgumentException e) {
      problems.add("model " + id + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private int tokens(String name, int otherwise) {
    JsonValue value = fields.field(name);
    boolean zeroIsFine = name.equals("template_tokens");
    if (value.isMissing() && (otherwise > 0 || zeroIsFine)) {
      return otherwise;
    }
    double tokens = value.number(-1);
    if (tokens < (zeroIsFine ? 0 : 1)
        || tokens > Integer.MAX_VALUE
        || tokens != Math.rint(tokens)) {
      problem(name, value.toString(), "write a number of tokens");
      return 1;
    }
    return (int) tokens;
  }

  private List<TokenPrice> rates() {
    var rates = new ArrayList<TokenPrice>();
    for (JsonValue price : fields.field("prices").items()) {
      try {
        double miss = usd(price, "miss", -1);
        rates.add(
            new TokenPrice(
                miss,
                usd(price, "hit", miss),
                usd(price, "write", miss),
                usd(price, "output", -1),
                condition(price)));
      } catch (IllegalArgumentException | DateTimeException e) {
        problem(
            "prices",
            price.toString(),
            "write {\"miss\": USD, \"hit\": USD, \"output\": USD} for a million tokens, from 0 to %s together"
                .formatted(TokenPrice.USD_MAX));
      }
    }
    return rates;
  }

  private static double usd(JsonValue price, String name, double otherwise) {
    JsonValue value = price.field(name);
    return value.isMissing() ? otherwise : value.number(-1);
  }

  private static TokenPrice.Condition condition(JsonValue price) {
    var hours = new ArrayList<TokenPrice.Hours>();
    for (JsonValue span : price.field("weekdays_utc").items()) {
      String[] ends = span.text("").split("-", 2);
      if (ends.length != 2) {
        throw new IllegalArgumentException("hours");
      }
      hours.add(new TokenPrice.Hours(LocalTime.parse(ends[0]), LocalTime.parse(ends[1])));
    }
    String from = price.field("from").text("");
    return new TokenPrice.Condition(
        from.isEmpty() ? LocalDate.MIN : LocalDate.parse(from),
        (long) price.field("prompt_tokens_above").number(-1),
        hours);
  }

  private List<String> texts(String name) {
    var texts = new ArrayList<String>();
    fields.field(name).items().forEach(value -> texts.add(value.text("").toLowerCase(Locale.ROOT)));
    return texts;
  }

  private void problem(String name, String value, String fix) {
    problems.add("model %s: %s is %s: %s".formatted(id, name, value, fix));
  }
}
