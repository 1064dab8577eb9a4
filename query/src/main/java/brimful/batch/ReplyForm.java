package brimful.batch;

import brimful.ask.CallOptions;
import brimful.model.ModelChoice;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/// Has a local runner hold its model to the form of the replies, by a schema.
///
/// Whatever a runner returns is validated as before. One that refuses the schema is asked without.
/// Safe for many threads.
final class ReplyForm {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final boolean wanted;
  private volatile boolean refused;

  private ReplyForm(boolean wanted) {
    this.wanted = wanted;
  }

  /// Returns the form for a choice: of providers' models, the prompt alone states it.
  static ReplyForm of(ModelChoice choice) {
    return new ReplyForm(choice.runner().isPresent());
  }

  /// Returns what a request for these questions says besides its window.
  CallOptions of(List<BatchQuestion> questions) {
    return wanted && !refused
        ? new CallOptions(0, Map.of("response_format", format(questions)), List.of(), List.of())
        : CallOptions.NONE;
  }

  /// Records that the server refuses a schema.
  void refused() {
    refused = true;
  }

  boolean isRefused() {
    return refused;
  }

  private static JsonNode format(List<BatchQuestion> questions) {
    ObjectNode schema = object();
    for (BatchQuestion question : questions) {
      ObjectNode own = object();
      own.withObject("/properties").set("answer", answer(question));
      own.withObject("/properties").putObject("confidence").put("type", "number");
      own.withObject("/properties")
          .putObject("citations")
          .put("type", "array")
          .putObject("items")
          .put("type", "string");
      own.putArray("required").add("answer").add("confidence").add("citations");
      ((ObjectNode) schema.get("properties")).set(question.id(), own);
    }
    questions.forEach(question -> schema.withArray("/required").add(question.id()));
    ObjectNode format = JSON.createObjectNode().put("type", "json_schema");
    format
        .putObject("json_schema")
        .put("name", "answers")
        .put("strict", true)
        .set("schema", schema);
    return format;
  }

  private static ObjectNode object() {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("type", "object").put("additionalProperties", false).putObject("properties");
    return schema;
  }

  /// References would point into another document here: such an answer is validated afterwards.
  private static JsonNode answer(BatchQuestion question) {
    try {
      String schema = ReplyValidator.answer(question);
      return schema.contains("\"$") ? JSON.createObjectNode() : JSON.readTree(schema);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("question %s".formatted(question.id()), e);
    }
  }
}
