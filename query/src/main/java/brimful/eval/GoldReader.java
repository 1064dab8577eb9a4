package brimful.eval;

import brimful.corpus.UserError;
import brimful.eval.GoldQuestion.FileLines;
import brimful.eval.GoldQuestion.LineGold;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads questions with their gold from a file of JSON objects, one a line.
///
/// `query` and `gold` are required; `id`, `corpus`, `scope`, `gold_files` or `gold_docs`,
/// `gold_grades`, `gold_units`, `gold_hunks`, `gold_spans`, `evidence_text` (a list) and `answer`
/// are optional, and other fields are labels. A question's corpus is `corpus`, then `scope` below
/// it; paths in the gold may begin with the scope or not.
public final class GoldReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GoldReader() {}

  /// Returns the questions of a file, in its order.
  ///
  /// @throws UserError if a line is not such an object; says which
  public static List<GoldQuestion> read(Path file) {
    var questions = new ArrayList<GoldQuestion>();
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: check that it is there".formatted(file), e);
    }
    for (int line = 1; line <= lines.size(); line++) {
      if (!lines.get(line - 1).isBlank()) {
        try {
          questions.add(question(JSON.readTree(lines.get(line - 1)), "q" + line));
        } catch (JsonProcessingException | IllegalArgumentException | UserError e) {
          throw new UserError(
              UserError.Kind.INPUT,
              "%s line %s: %s: give an object with query and gold"
                  .formatted(
                      file, line, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
              e);
        }
      }
    }
    return questions;
  }

  private static GoldQuestion question(JsonNode json, String defaultId) {
    String scope = json.path("scope").asText("");
    List<String> gold = strings(json.path("gold"), scope);
    List<String> files = strings(json.path("gold_files"), scope);
    if (files.isEmpty()) {
      files = strings(json.path("gold_docs"), scope);
    }
    if (files.isEmpty()) {
      files = gold.stream().map(GoldReader::file).distinct().toList();
    }
    String corpus = json.path("corpus").asText("");
    return new GoldQuestion(
        json.path("id").asText(defaultId),
        json.path("query").asText(""),
        corpus.isEmpty() || scope.isEmpty() ? corpus + scope : corpus + "/" + scope,
        files,
        gold.stream().map(Gold::of).toList(),
        grades(json.path("gold_grades")),
        json.path("answer").asText(""),
        String.join("\n", strings(json.path("evidence_text"), "")),
        labels(json),
        lines(json));
  }

  private static Map<String, String> labels(JsonNode json) {
    var labels = new LinkedHashMap<String, String>();
    json.properties()
        .forEach(field -> {
          if (field.getValue().isValueNode()) {
            labels.put(field.getKey(), field.getValue().asText());
          }
        });
    return labels;
  }

  private static String file(String gold) {
    int hash = gold.lastIndexOf('#');
    return hash < 0 ? gold : gold.substring(0, hash);
  }

  private static List<String> strings(JsonNode array, String scope) {
    var strings = new ArrayList<String>();
    for (JsonNode each : array) {
      String text = each.asText();
      boolean scoped = !scope.isEmpty() && text.startsWith(scope + "/");
      strings.add(scoped ? text.substring(scope.length() + 1) : text);
    }
    return strings;
  }

  private static Map<String, Double> grades(JsonNode object) {
    var grades = new LinkedHashMap<String, Double>();
    object.properties().forEach(field -> grades.put(field.getKey(), field.getValue().asDouble()));
    return grades;
  }

  private static Map<LineGold, List<FileLines>> lines(JsonNode json) {
    var lines = new EnumMap<LineGold, List<FileLines>>(LineGold.class);
    for (LineGold kind : LineGold.values()) {
      var ranges = new ArrayList<FileLines>();
      json.path(kind.field)
          .properties()
          .forEach(file ->
              file.getValue()
                  .forEach(range ->
                      ranges.add(
                          new FileLines(
                              file.getKey(), range.path(0).asInt(), range.path(1).asInt()))));
      if (!ranges.isEmpty()) {
        lines.put(kind, List.copyOf(ranges));
      }
    }
    return lines;
  }
}
