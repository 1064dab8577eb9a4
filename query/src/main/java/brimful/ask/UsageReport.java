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
    return of(used, Usage.UNREPORTED);
  }

  /// Returns the usage after another report of the same call. Most grow with the reply, so the
  /// larger numbers count. Where each report says only what is new, that is too little: whoever
  /// books a call with several reports compares them with a count of its own.
  static Usage of(JsonNode used, Usage before) {
    OptionalLong prompt = count(used.path("prompt_tokens"));
    long read = Math.max(prompt.orElse(0), before.prompt());
    OptionalLong completion = completion(used, prompt.orElse(read));
    if (read == 0 || (completion.isEmpty() && !before.reported())) {
      return Usage.UNREPORTED;
    }
    JsonNode details = used.path("prompt_tokens_details");
    long cached =
        Math.max(
            count(used.path("prompt_cache_hit_tokens")).orElse(0),
            count(details.path("cached_tokens")).orElse(0));
    if (!saysCached(used) && prompt.orElse(read) == before.prompt()) {
      cached = before.cached();
    }
    cached = Math.min(cached, read);
    long written = Math.max(count(details.path("cache_write_tokens")).orElse(0), before.written());
    long reasoning = reasoning(used);
    return new Usage(
        read,
        cached,
        Math.min(written, read - cached),
        Math.max(completion.orElse(0), before.completion()),
        Math.max(reasoning, before.reasoning()));
  }

  private static boolean saysCached(JsonNode used) {
    return count(used.path("prompt_cache_hit_tokens")).isPresent()
        || count(used.path("prompt_tokens_details").path("cached_tokens")).isPresent();
  }

  private static long reasoning(JsonNode used) {
    return count(used.path("completion_tokens_details").path("reasoning_tokens")).orElse(0);
  }

  /// Some gateways leave thoughts out of `completion_tokens`, but not out of the bill: the total,
  /// or the thoughts themselves, then say more.
  private static OptionalLong completion(JsonNode used, long prompt) {
    OptionalLong said = count(used.path("completion_tokens"));
    OptionalLong total = count(used.path("total_tokens"));
    long beside = total.isPresent() && prompt > 0 ? total.getAsLong() - prompt : -1;
    if (said.isEmpty() && beside < 0) {
      return said;
    }
    return OptionalLong.of(Math.max(Math.max(said.orElse(0), beside), reasoning(used)));
  }

  /// Returns a count, which some servers write as text; nothing if it is none.
  static OptionalLong count(JsonNode value) {
    long number = value.asLong(-1);
    return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
