package brimful.ask;

import brimful.model.Usage;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/// What a server reports of the tokens of a call.
final class UsageReport {
  private UsageReport() {}

  /// Returns the usage; [Usage#UNREPORTED] if the prompt or the reply has no number, because half a
  /// report would book half of the price.
  ///
  /// DeepSeek says `prompt_cache_hit_tokens`, others `prompt_tokens_details.cached_tokens`.
  static Usage of(JsonNode used) {
    OptionalLong prompt = count(used.path("prompt_tokens"));
    if (prompt.isEmpty()) {
      return Usage.UNREPORTED;
    }
    OptionalLong completion = completion(used, prompt.getAsLong());
    if (completion.isEmpty()) {
      return Usage.UNREPORTED;
    }
    JsonNode details = used.path("prompt_tokens_details");
    long read = prompt.getAsLong();
    long cached =
        Math.max(
            count(used.path("prompt_cache_hit_tokens")).orElse(0),
            count(details.path("cached_tokens")).orElse(0));
    cached = Math.min(cached, read);
    long written = count(details.path("cache_write_tokens")).orElse(0);
    long reasoning =
        count(used.path("completion_tokens_details").path("reasoning_tokens")).orElse(0);
    return new Usage(
        read, cached, Math.min(written, read - cached), completion.getAsLong(), reasoning);
  }

  private static OptionalLong completion(JsonNode used, long prompt) {
    OptionalLong said = count(used.path("completion_tokens"));
    OptionalLong total = count(used.path("total_tokens"));
    if (said.isPresent() || total.isEmpty() || total.getAsLong() < prompt) {
      return said;
    }
    return OptionalLong.of(total.getAsLong() - prompt);
  }

  /// Returns a count, which some servers write as text; nothing if it is none.
  static OptionalLong count(JsonNode value) {
    long number = value.asLong(-1);
    return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
