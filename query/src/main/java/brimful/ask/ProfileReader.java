package brimful.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
  private final ObjectNode fields;
  private final List<String> problems;
  private final int problemsBefore;

  ProfileReader(String id, ObjectNode fields, List<String> problems) {
    this.id = id;
    this.fields = fields;
    this.problems = problems;
    this.problemsBefore = problems.size();
  }

  Optional<ModelProfile> read() {
    Optional<ModelProfile.Limits> limits = limits();
    ModelProfile.Endpoint endpoint = endpoint();
    List<Rate> rates = rates();
    JsonNode cache = fields.path("cache");
    var rule =
        new ModelProfile.CacheRule(
            cache.path("kind").asText("none"),
            cache.path("tokens_min").asInt(0),
            cache.path("unit").asText("-"));
    var source =
        new ModelProfile.Source(
            fields.path("source").asText("not given"), fields.path("as_of").asText("not given"));
    if (limits.isEmpty() || problems.size() > problemsBefore) {
      return Optional.empty();
    }
    return Optional.of(
        new ModelProfile(
            id,
            texts("aliases"),
            endpoint,
            limits.get(),
            texts("modalities"),
            rates,
            rule,
            fields.path("tokenizer").asText("estimate"),
            source));
  }

  private ModelProfile.Endpoint endpoint() {
    String field = fields.path("reply_field").asText("max_tokens");
    ModelProfile.ReplyField reply = ModelProfile.ReplyField.MAX_TOKENS;
    if (field.equals("max_completion_tokens")) {
      reply = ModelProfile.ReplyField.MAX_COMPLETION_TOKENS;
    } else if (!field.equals("max_tokens")) {
      problem("reply_field", field, "write max_tokens or max_completion_tokens");
    }
    String baseUrl = fields.path("base_url").asText("");
    if (!baseUrl.isEmpty() && !baseUrl.matches("https?://[^\\s/]+.*")) {
      problem("base_url", baseUrl, "write it like https://host/v1");
    }
    return new ModelProfile.Endpoint(
        fields.path("provider").asText(""),
        baseUrl.replaceAll("/+$", ""),
        fields.path("key_variable").asText(""),
        reply,
        fields.path("thinking_switch").asBoolean(false));
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
    JsonNode value = fields.path(name);
    if (value.isMissingNode() && otherwise > 0) {
      return otherwise;
    }
    boolean zeroIsFine = name.equals("template_tokens");
    if (value.isMissingNode() && zeroIsFine) {
      return 0;
    }
    if (!value.canConvertToInt() || value.intValue() < (zeroIsFine ? 0 : 1)) {
      problem(
          name, value.isMissingNode() ? "missing" : value.toString(), "write a number of tokens");
      return 1;
    }
    return value.intValue();
  }

  private List<Rate> rates() {
    var rates = new ArrayList<Rate>();
    for (JsonNode price : fields.path("prices")) {
      try {
        double miss = usd(price, "miss", -1);
        rates.add(
            new Rate(
                miss,
                usd(price, "hit", miss),
                usd(price, "write", miss),
                usd(price, "output", -1),
                condition(price)));
      } catch (IllegalArgumentException | DateTimeException e) {
        problem("prices", price.toString(), "write {\"miss\": USD, \"hit\": USD, \"output\": USD}");
      }
    }
    return rates;
  }

  private static double usd(JsonNode price, String name, double otherwise) {
    JsonNode value = price.path(name);
    return value.isNumber() ? value.doubleValue() : value.isMissingNode() ? otherwise : -1;
  }

  private static Rate.Condition condition(JsonNode price) {
    var hours = new ArrayList<Rate.Hours>();
    for (JsonNode span : price.path("weekdays_utc")) {
      String[] ends = span.asText("").split("-", 2);
      if (ends.length != 2) {
        throw new IllegalArgumentException("hours");
      }
      hours.add(new Rate.Hours(LocalTime.parse(ends[0]), LocalTime.parse(ends[1])));
    }
    JsonNode from = price.path("from");
    return new Rate.Condition(
        from.isTextual() ? LocalDate.parse(from.textValue()) : LocalDate.MIN,
        price.path("prompt_tokens_above").asLong(-1),
        hours);
  }

  private List<String> texts(String name) {
    var texts = new ArrayList<String>();
    fields.path(name).forEach(value -> texts.add(value.asText("").toLowerCase(Locale.ROOT)));
    return texts;
  }

  private void problem(String name, String value, String fix) {
    problems.add("model %s: %s is %s: %s".formatted(id, name, value, fix));
  }
}
