package brimful.http.openai;

import brimful.ask.CallOptions;
import brimful.ask.LaterMessage;
import brimful.corpus.UserError;
import brimful.model.ModelProfile;
import brimful.model.ParameterTable;
import brimful.service.Budget;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The parameters of a request: each is passed on, used here, listed as ignored, or refused by
/// name. None is dropped in silence. [ParameterTable] decides for those that concern the model's
/// server.
///
/// @param replyTokens the most tokens of the reply; 0 if the client sets no limit
/// @param fields what the model's server is sent
/// @param ignored what does not affect the answer and was left out
public record Parameters(int replyTokens, Map<String, JsonNode> fields, List<String> ignored) {
  private static final String STREAM = "stream";

  /// What this server uses itself.
  static final Set<String> OWN =
      Set.of(
          "model",
          "messages",
          STREAM,
          "stream_options",
          "n",
          "max_tokens",
          "max_completion_tokens",
          "response_format",
          "budget",
          "scope");

  /// The code of a field that nobody knows.
  static final String UNKNOWN = "unknown_parameter";

  private static final Set<String> STREAM_OPTIONS = Set.of("include_usage", "include_obfuscation");

  private static final String THINKING = "thinking";
  private static final int SHOWN_CHARS_MAX = 100;

  public Parameters {
    fields = Map.copyOf(fields);
    ignored = List.copyOf(ignored);
  }

  /// Reads the parameters of a request of chat completions.
  ///
  /// @param model the model behind, whose server decides
  /// @throws UserError that names the field, if one is refused
  public static Parameters of(JsonNode body, ModelProfile model) {
    requireOne(body.path("n"));
    requireFlag(body.path(STREAM));
    for (String option : names(body.path("stream_options"))) {
      if (!STREAM_OPTIONS.contains(option)) {
        throw unknown("stream_options." + option);
      }
    }
    var table = new Reader(model);
    for (String name : names(body)) {
      if (!OWN.contains(name)) {
        table.read(name, name, body.path(name));
      }
    }
    format(body.path("response_format"), table);
    return new Parameters(replyTokens(body), table.fields, table.ignored);
  }

  /// Returns the same for a request that needs no thought, such as one for a title: its limit is so
  /// low that thoughts would leave no room for the answer.
  Parameters thoughtless(ModelProfile model) {
    if (!model.endpoint().thinkingSwitch()
        || fields.containsKey(THINKING)
        || fields.containsKey("reasoning_effort")) {
      return this;
    }
    var more = new TreeMap<>(fields);
    more.put(THINKING, JsonNodeFactory.instance.objectNode().put("type", "disabled"));
    return new Parameters(replyTokens, more, ignored);
  }

  /// Returns the budget that a request's own field sets; empty if it sets none.
  static String budget(JsonNode body) {
    JsonNode value = body.path("budget");
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    String text = value.asText("");
    if (!Budget.isOne(text)) {
      throw wrong("budget", value, "write it like 8000, 128k, 1M, auto or none");
    }
    return text;
  }

  /// Returns what the model's server is sent.
  public CallOptions options(List<String> images, List<LaterMessage> later) {
    return new CallOptions(replyTokens, fields, images, later);
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void requireOne(JsonNode n) {
    if (!n.isMissingNode() && !n.isNull() && n.asDouble() != 1) {
      throw refused("n", "\"n\" is %s: one answer is given, leave it out".formatted(shown(n)));
    }
  }

  /// A client that waits for events would get none.
  private static void requireFlag(JsonNode stream) {
    if (!stream.isMissingNode() && !stream.isNull() && !stream.isBoolean()) {
      throw wrong(STREAM, stream, "give true or false");
    }
  }

  private static void format(JsonNode format, Reader table) {
    if (format.isMissingNode() || format.isNull()) {
      return;
    }
    String type = format.path("type").asText("");
    switch (type) {
      case "text" -> {}
      case "json_object", "json_schema" ->
          table.read("response_format." + type, "response_format", format);
      default ->
          throw wrong(
              "response_format", format, "give {\"type\":\"text\"}, json_object or json_schema");
    }
  }

  /// Both names of the limit are taken, whatever the model's server calls it.
  private static int replyTokens(JsonNode body) {
    int old = limit(body, "max_tokens");
    int tokens = limit(body, "max_completion_tokens");
    if (old > 0 && tokens > 0 && old != tokens) {
      throw wrong("max_tokens", body.path("max_tokens"), "it contradicts max_completion_tokens");
    }
    return Math.max(old, tokens);
  }

  private static int limit(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return 0;
    }
    if (!value.canConvertToInt()
        || value.doubleValue() != value.intValue()
        || value.intValue() < 1) {
      throw wrong(name, value, "give a number of tokens, at least 1");
    }
    return value.intValue();
  }

  static UserError unknown(String name) {
    return new UserError(
        UserError.Kind.USAGE,
        "unrecognized request argument \"%s\": leave it out".formatted(shorten(name)),
        new UserError.Field(shorten(name), UNKNOWN));
  }

  static UserError refused(String name, String line) {
    return new UserError(
        UserError.Kind.USAGE, line, new UserError.Field(name, "unsupported_parameter"));
  }

  static UserError wrong(String name, JsonNode value, String fix) {
    return new UserError(
        UserError.Kind.USAGE,
        "\"%s\" is %s: %s".formatted(name, shown(value), fix),
        new UserError.Field(name, "invalid_value"));
  }

  private static String shown(JsonNode value) {
    return shorten(value.toString());
  }

  static String shorten(String text) {
    return text.substring(0, Math.min(SHOWN_CHARS_MAX, text.length()));
  }

  /// Applies the table to one request.
  private static final class Reader {
    private final ParameterTable table = ParameterTable.builtIn();
    private final ModelProfile model;
    private final Map<String, JsonNode> fields = new TreeMap<>();
    private final List<String> ignored = new ArrayList<>();

    Reader(ModelProfile model) {
      this.model = model;
    }

    /// @param row the parameter's row in the table
    /// @param name its name in the request
    void read(String row, String name, JsonNode value) {
      Optional<ParameterTable.Rule> rule = table.rule(row, model.endpoint().family());
      if (rule.isEmpty()) {
        throw unknown(name);
      }
      if (value.isNull()
          || (rule.get() != ParameterTable.Rule.PASSED && table.isUnset(row, value))) {
        return;
      }
      if (!table.isOfItsForm(row, value)) {
        throw wrong(name, value, "give " + table.form(row, value));
      }
      switch (rule.get()) {
        case PASSED -> fields.put(name, value);
        case LISTED -> ignored.add(name);
        case REFUSED ->
            throw refused(
                name, "%s does not take \"%s\": leave it out".formatted(model.id(), shorten(row)));
      }
    }
  }
}
