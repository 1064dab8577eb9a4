package brimful.eval;

import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/// Evaluations as JSON, for storing and comparing.
public final class EvaluationFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private EvaluationFile() {}

  /// Returns an evaluation as one JSON object: `tokenizer`, `means`, and `questions` by id.
  public static String json(Evaluation evaluation) {
    ObjectNode root = JSON.createObjectNode();
    root.put("tokenizer", evaluation.tokenizer());
    write(root.putObject("means"), evaluation.means());
    ObjectNode questions = root.putObject("questions");
    evaluation.questions().forEach((id, measures) -> write(questions.putObject(id), measures));
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(ObjectNode object, SortedMap<String, Double> values) {
    values.forEach((name, value) -> object.put(name, Math.round(value * 1e6) / 1e6));
  }

  /// Reads what [#json] returned.
  ///
  /// @throws UserError if it is anything else
  public static Evaluation read(Path file) {
    try {
      JsonNode root = JSON.readTree(Files.readString(file));
      if (!root.path("questions").isObject()) {
        throw new UserError(
            UserError.Kind.INPUT,
            "%s is not an evaluation: make it with brimful eval --json".formatted(file));
      }
      var questions = new TreeMap<String, SortedMap<String, Double>>();
      root.path("questions")
          .properties()
          .forEach(question -> {
            var measures = new TreeMap<String, Double>();
            question
                .getValue()
                .properties()
                .forEach(measure -> measures.put(measure.getKey(), measure.getValue().asDouble()));
            questions.put(question.getKey(), measures);
          });
      return new Evaluation(root.path("tokenizer").asText(), questions);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.INPUT,
          "%s cannot be read as an evaluation: make it with brimful eval --json".formatted(file),
          e);
    }
  }
}
