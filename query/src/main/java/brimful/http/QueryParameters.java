package brimful.http;

import brimful.corpus.UserError;
import brimful.http.hook.Webhooks;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// The query parameters of each route, as the OpenAPI document names them: others are refused, and
/// so are values that the document does not list.
///
/// Addresses that others define stay open: their clients may add parameters meant for other
/// servers, such as a version.
final class QueryParameters {
  private static final Set<String> FOREIGN =
      Set.of(
          "/v1/chat/completions",
          "/v1/completions",
          "/v1/embeddings",
          "/v1/models",
          "/v1/models/{model}",
          "/v1/responses",
          "/v1/responses/{response}",
          Webhooks.PATH,
          "/metrics",
          "/health",
          "/ready",
          "/openapi.json");

  private static final int SHOWN_CHARS_MAX = 100;

  private final JsonNode document;

  /// @param document in the form of OpenAPI 3.1
  QueryParameters(JsonNode document) {
    this.document = document;
  }

  /// Returns a handler that refuses what is unknown before another handles the request.
  Handler checked(Route route, Handler handler) {
    if (FOREIGN.contains(route.path())) {
      return handler;
    }
    SequencedMap<String, List<String>> known = known(route);
    return context -> {
      check(context, known);
      handler.handle(context);
    };
  }

  /// Returns the names of a route's parameters, each with its values; without any, they are free.
  private SequencedMap<String, List<String>> known(Route route) {
    var known = new LinkedHashMap<String, List<String>>();
    JsonNode operation =
        document
            .path("paths")
            .path(route.path())
            .path(route.method().name().toLowerCase(Locale.ROOT));
    for (JsonNode one : operation.path("parameters")) {
      JsonNode parameter =
          one.has("$ref") ? document.at(one.path("$ref").asText().substring(1)) : one;
      if (parameter.path("in").asText().equals("query")) {
        known.put(parameter.path("name").asText(), values(parameter.path("schema")));
      }
    }
    return known;
  }

  private static List<String> values(JsonNode schema) {
    if (schema.path("type").asText().equals("boolean")) {
      return List.of("true", "false");
    }
    return schema.path("enum").valueStream().map(JsonNode::asText).toList();
  }

  private static void check(Context context, SequencedMap<String, List<String>> known) {
    for (Map.Entry<String, List<String>> given : context.queryParamMap().entrySet()) {
      String name = given.getKey();
      List<String> values = known.get(name);
      if (values == null) {
        throw error(
            "\"%s\" is no parameter of this address, which has %s"
                .formatted(
                    shown(name), known.isEmpty() ? "none" : String.join(", ", known.keySet())));
      }
      if (given.getValue().size() > 1) {
        throw error("%s is given %s times: give it once".formatted(name, given.getValue().size()));
      }
      String value = given.getValue().getFirst();
      if (!values.isEmpty() && !value.isEmpty() && !values.contains(value)) {
        throw error("%s=%s: say %s".formatted(name, shown(value), either(values)));
      }
    }
  }

  private static String shown(String text) {
    return text.substring(0, Math.min(SHOWN_CHARS_MAX, text.length()));
  }

  private static String either(List<String> values) {
    int last = values.size() - 1;
    return String.join(", ", values.subList(0, last)) + " or " + values.get(last);
  }

  private static UserError error(String line) {
    return new UserError(UserError.Kind.USAGE, line);
  }
}
