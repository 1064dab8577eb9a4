package brimful.batch;

import brimful.corpus.UserError;
import brimful.model.JsonErrors;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The schema of a whole record: an object with the questions' ids as property names.
///
/// Each answer is validated against its property's schema. Constraints across properties are not
/// checked: a cell has one question.
public final class RecordSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordSchema() {}

  /// Returns the questions with their properties' schemas; one without a property keeps its type.
  ///
  /// @throws UserError if no property matches a question
  public static List<BatchQuestion> apply(String schema, List<BatchQuestion> questions) {
    JsonNode root = parse(schema);
    List<BatchQuestion> applied =
        questions.stream().map(question -> question.with(property(root, question))).toList();
    if (applied.stream().allMatch(question -> question.schema().isEmpty())) {
      throw new UserError(
          UserError.Kind.INPUT,
          "the schema has no property that is a question's, such as %s: name its properties as the questions are"
              .formatted(questions.getFirst().id()));
    }
    return applied;
  }

  private static JsonNode parse(String schema) {
    try {
      return JSON.readTree(schema);
    } catch (JsonProcessingException e) {
      throw new UserError(UserError.Kind.INPUT, JsonErrors.line("the schema", e), e);
    }
  }

  private static String property(JsonNode root, BatchQuestion question) {
    JsonNode property = root.path("properties").path(question.id());
    if (property.isMissingNode()) {
      return question.schema();
    }
    if (!(property instanceof ObjectNode object)) {
      return property.toString();
    }
    ObjectNode whole = object.deepCopy();
    // References start at the root, so their targets are included.
    for (String definitions : List.of("$defs", "definitions", "$schema")) {
      if (root.has(definitions) && !whole.has(definitions)) {
        whole.set(definitions, root.get(definitions));
      }
    }
    return whole.toString();
  }
}
