package brimful.ask;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// An error in the place of a stream's next event.
///
/// The server had accepted the request, so only its words tell whether the model has read it. An
/// error of the request itself, such as one that is too long, costs nothing. Any other may come
/// after the prompt was read, and so does one that says nothing of its kind.
///
/// @param event all that the server says
record StreamError(JsonNode event) {
  private static final Pattern STATUS = Pattern.compile("[45]\\d\\d");

  /// The words of types and codes, and the statuses that they stand for. The first match counts:
  /// DeepSeek calls everything an `invalid_request_error` in the code, and says the kind in the
  /// type.
  private static final List<Map.Entry<Pattern, Integer>> WORDS =
      List.of(
          word("overload|unavailable|busy|system_?resource", 503),
          word("server_?error|api_error|internal|time_?out|upstream", 500),
          word("insufficient|balance|quota|billing|payment", 402),
          word("rate_?limit|too_?many_?requests|throttl", 429),
          word("authentication|unauthorized|api_?key", 401),
          word("permission|forbidden|access_?denied", 403),
          word("not_?found", 404),
          word("invalid|bad_?request|unsupported|too_large|context_?length", 400));

  /// Statuses of servers that have not passed the request on, or say that they did not take it.
  private static final Set<Integer> UNREAD =
      Set.of(500, 501, 503, 505, 521, 522, 523, 525, 526, 529);

  private static Map.Entry<Pattern, Integer> word(String regex, int status) {
    return Map.entry(Pattern.compile(regex), status);
  }

  /// Returns whether an event is an error; older vLLM says so without a field for it.
  static boolean isOne(JsonNode event) {
    return event.hasNonNull("error") || event.path("object").asText("").equals("error");
  }

  /// Returns whether a reply with this status may hide a call that the provider has read: a proxy
  /// lost the answer.
  static boolean isLost(int status) {
    return status >= 500 && !UNREAD.contains(status);
  }

  /// Returns the status that the error would have had as a reply; 0 if it does not say.
  int status() {
    JsonNode error = event.path("error");
    for (JsonNode from : List.of(error, event)) {
      for (String field : List.of("code", "status", "status_code")) {
        String text = from.path(field).asText("");
        if (STATUS.matcher(text).matches()) {
          return Integer.parseInt(text);
        }
      }
    }
    JsonNode named = error.isObject() ? error : event;
    String kind =
        (named.path("type").asText("") + " " + named.path("code").asText(""))
            .toLowerCase(Locale.ROOT);
    return WORDS.stream()
        .filter(word -> word.getKey().matcher(kind).find())
        .mapToInt(Map.Entry::getValue)
        .findFirst()
        .orElse(0);
  }

  /// Returns whether the provider may bill the call.
  boolean mayBeBilled() {
    int status = status();
    return status >= 500 || (status == 0 && !ProviderErrors.isOverflow(event.toString()));
  }
}
