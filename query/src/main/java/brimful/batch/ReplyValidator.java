package brimful.batch;

import brimful.corpus.UserError;
import brimful.corpus.WellFormed;
import brimful.model.JsonErrors;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Validates replies: each answer against its question's schema, and its citations.
///
/// Schemas are JSON Schema 2020-12 unless they say otherwise; references are never fetched. Safe
/// for many threads.
final class ReplyValidator {
  private static final int PROBLEMS_SHOWN = 3;

  /// The limit of a spreadsheet cell, less its quotes; no document needs more.
  private static final int ANSWER_CHARS_MAX = 32_000;

  private static final int PROBLEM_CHARS_MAX = 500;
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final Map<String, Schema> schemas = new LinkedHashMap<>();

  /// @throws UserError if a question's schema is invalid
  ReplyValidator(List<BatchQuestion> questions) {
    for (BatchQuestion question : questions) {
      schemas.put(question.id(), compiled(question));
    }
  }

  /// The result for one question of a reply.
  sealed interface Checked {
    /// It is valid.
    ///
    /// @param json the answer alone
    record Valid(String json, double confidence, List<String> citations) implements Checked {}

    /// It is invalid.
    ///
    /// @param problem what is wrong, for the model and for people
    record Invalid(String problem) implements Checked {}
  }

  /// Validates a question's part of a reply.
  Checked check(BatchQuestion question, String reply) {
    JsonNode root;
    try {
      root = JSON.readTree(object(reply));
    } catch (JsonProcessingException e) {
      return invalid("the reply is not one JSON object: " + JsonErrors.place(e));
    } catch (NumberFormatException _) {
      return invalid("the reply has a number that is too large: give one of usual size");
    }
    JsonNode own = root.path(question.id());
    if (!own.isObject() || !own.has("answer")) {
      return invalid("there is no object with an answer under \"%s\"".formatted(question.id()));
    }
    JsonNode confidence = own.path("confidence");
    if (!confidence.isNumber() || confidence.doubleValue() < 0 || confidence.doubleValue() > 1) {
      return invalid("%s.confidence is no number from 0 to 1".formatted(question.id()));
    }
    JsonNode citations = own.path("citations");
    if (!citations.isArray() || !strings(citations)) {
      return invalid("%s.citations is no list of strings".formatted(question.id()));
    }
    String answer = own.path("answer").toString();
    if (answer.length() > ANSWER_CHARS_MAX) {
      return invalid(
          String.format(
              Locale.ROOT,
              "%s.answer has %,d characters: give at most %,d",
              question.id(),
              answer.length(),
              ANSWER_CHARS_MAX));
    }
    List<Error> errors =
        schema(question)
            .validate(
                answer,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    if (!errors.isEmpty()) {
      return invalid(
          errors.stream()
              .limit(PROBLEMS_SHOWN)
              .map(error ->
                  "%s.answer%s %s"
                      .formatted(question.id(), error.getInstanceLocation(), error.getMessage()))
              .collect(Collectors.joining("; ")));
    }
    return new Checked.Valid(
        answer, confidence.doubleValue(), citations.valueStream().map(JsonNode::asText).toList());
  }

  private static boolean strings(JsonNode list) {
    return list.valueStream().allMatch(JsonNode::isTextual);
  }

  private Schema schema(BatchQuestion question) {
    Schema schema = schemas.get(question.id());
    if (schema == null) {
      throw new IllegalArgumentException("question %s is not of this batch".formatted(question));
    }
    return schema;
  }

  private static Checked.Invalid invalid(String problem) {
    String line = problem.replaceAll("[\\p{Cntrl}\\s]+", " ");
    return new Checked.Invalid(
        line.length() <= PROBLEM_CHARS_MAX
            ? line
            : WellFormed.start(line, PROBLEM_CHARS_MAX) + "...");
  }

  /// Models put fences and a few words around what they were asked for, whatever they are told.
  private static String object(String reply) {
    int from = reply.indexOf('{');
    int to = reply.lastIndexOf('}');
    return from < 0 || to < from ? reply : reply.substring(from, to + 1);
  }

  /// Returns the schema of a question's answer.
  static String answer(BatchQuestion question) {
    return !question.schema().isEmpty()
        ? question.schema()
        : question.type() == AnswerType.CHOICE
            ? choices(question.choices())
            : question.type().schema();
  }

  private static Schema compiled(BatchQuestion question) {
    String schema = answer(question);
    try {
      // The validator would throw an exception of its own parser.
      JSON.readTree(schema);
      Schema compiled = REGISTRY.getSchema(schema, InputFormat.JSON);
      compiled.initializeValidators();
      return compiled;
    } catch (JsonProcessingException | SchemaException | NumberFormatException e) {
      throw new UserError(
          UserError.Kind.INPUT,
          "question %s has a schema that cannot be used, %s: correct it"
              .formatted(question.id(), e.getMessage()),
          e);
    }
  }

  private static String choices(List<String> choices) {
    ObjectNode schema = JSON.createObjectNode();
    ArrayNode words = schema.putArray("enum");
    choices.forEach(words::add);
    words.addNull();
    return schema.toString();
  }
}
