package brimful.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// An error in the place of a stream's next event.
///
/// The server had accepted the request, so only its words tell whether the model has read it. An
/// error of the request itself, such as one that is too long, costs nothing. Any other may come
/// after the prompt was read, and so does one that says nothing of its kind, and one of what the
/// model has written, which some servers blame on the request.
///
/// @param event all that the server says
record StreamError(JsonNode event) {
  private static final Pattern STATUS = Pattern.compile("[45]\\d\\d");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[ -]+");
  private static final Pattern SUFFIX = Pattern.compile("_?(error|exception)$");

  /// A field with what the model has written.
  private static final String GENERATION = "failed_generation";

  /// Whole types and codes, and the statuses that they stand for. The first match counts.
  private static final List<Map.Entry<Pattern, Integer>> WORDS =
      List.of(
          word(
              "(server_|engine_|model_|system_)?(overloaded|overload|busy)"
                  + "|(service_|server_|model_|temporarily_)?unavailable"
                  + "|insufficient_system_resources?",
              503),
          word(
              "((internal_)?server|api|internal|upstream|(\\w+_)?time_?out|internal_failure)", 500),
          word(
              "insufficient(_user)?_(quota|balance|credits?|funds)|(exceeded_current_)?quota(_exceeded)?"
                  + "|billing(_not_active|_hard_limit_reached)?|payment_required",
              402),
          word(
              "rate_limit(_exceeded|_reached|ed)?|too_many_requests|resource_exhausted|limit_requests|throttl(ed|ing)([._]\\w+)?",
              429),
          word(
              "authentication|unauthorized|unauthenticated|(invalid|incorrect|missing)_api_key"
                  + "|invalid_authentication",
              401),
          word("permission(_denied)?|forbidden|access_denied", 403),
          word("(model_|resource_)?not_found", 404),
          word("(request_|payload_|context_|prompt_)too_(large|long)", 413),
          word(
              "invalid_request|bad_request|invalid_(parameter|argument|value|prompt|type)"
                  + "|unsupported_(parameter|value|model)|exceed_context_size"
                  + "|context_length(_exceeded)?",
              400));

  /// What is wrong with what the model has written.
  private static final Pattern GENERATED =
      Pattern.compile("tool_use_failed|json_validate_failed|invalid_model_output|worker_not_found");

  private static final Pattern GENERATED_TOO_MUCH =
      Pattern.compile("tokens (were |have been )?generated", Pattern.CASE_INSENSITIVE);

  /// The statuses of requests that no model reads.
  private static final Set<Integer> FREE = Set.of(400, 401, 402, 403, 404, 413, 422, 429);

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
    List<String> kinds = kinds();
    return WORDS.stream()
        .filter(word -> kinds.stream().anyMatch(kind -> word.getKey().matcher(kind).matches()))
        .mapToInt(Map.Entry::getValue)
        .findFirst()
        .orElse(0);
  }

  private JsonNode named() {
    return event.path("error").isObject() ? event.path("error") : event;
  }

  /// Returns the type and the code, written alike. DeepSeek calls everything an
  /// `invalid_request_error` in the code, and says the kind in the type.
  private List<String> kinds() {
    String type = kind("type");
    String code = kind("code");
    return type.isEmpty() || !code.equals("invalid_request") ? List.of(type, code) : List.of(type);
  }

  private String kind(String field) {
    String text = HUMP.matcher(named().path(field).asText("").strip()).replaceAll("_");
    return SUFFIX.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  /// Returns whether the model had begun to write.
  private boolean isGenerated() {
    return !event.findValues(GENERATION).isEmpty()
        || kinds().stream().anyMatch(kind -> GENERATED.matcher(kind).matches())
        || GENERATED_TOO_MUCH.matcher(named().path("message").asText("")).find();
  }

  /// Returns the event without what the model has written, whose words say nothing of the error.
  JsonNode withoutReply() {
    JsonNode copy = event.deepCopy();
    copy.findParents(GENERATION).forEach(parent -> ((ObjectNode) parent).remove(GENERATION));
    return copy;
  }

  /// Returns whether the provider may bill the call, unless it says that the prompt is too long.
  boolean mayBeBilled() {
    return isGenerated() || !FREE.contains(status());
  }
}
