package brimful.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads files of questions: CSV with a head line, JSON lines, or YAML.
///
/// Each has `id`, `question` and, where wanted, `type`, `choices` and `schema`.
public final class QuestionFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /// `yes` and `no` are words: of all choices they are the commonest.
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS).build();

  private QuestionFile() {}

  /// Reads questions.
  ///
  /// @param name the file's; its ending says how it is written
  /// @throws IllegalArgumentException if they cannot be read; the message says where
  public static List<BatchQuestion> read(String name, String text) {
    String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    try {
      List<JsonNode> rows =
          switch (ending) {
            case "csv" -> csv(bare);
            case "jsonl", "ndjson" -> jsonLines(name, bare);
            case "yaml", "yml", "json" -> yaml(bare);
            default ->
                throw new IllegalArgumentException(
                    "%s is not a file of questions: name a .csv, .jsonl or .yaml".formatted(name));
          };
      var questions = new ArrayList<BatchQuestion>();
      for (JsonNode row : rows) {
        questions.add(question(row, questions.size() + 1));
      }
      return BatchQuestion.checked(questions);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s is no %s, %s: mend it there"
              .formatted(
                  name,
                  ending.toUpperCase(Locale.ROOT),
                  e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("%s cannot be read: mend it".formatted(name), e);
    }
  }

  private static List<JsonNode> csv(String text) throws IOException {
    String head = text.lines().findFirst().orElse("");
    // What spreadsheets write where a comma is a decimal point.
    char separator = head.contains(";") && !head.contains(",") ? ';' : ',';
    CsvSchema schema = CsvSchema.emptySchema().withHeader().withColumnSeparator(separator);
    var rows = new ArrayList<JsonNode>();
    try (MappingIterator<Map<String, String>> lines =
        new CsvMapper().readerForMapOf(String.class).with(schema).readValues(text)) {
      while (lines.hasNext()) {
        rows.add(JSON.valueToTree(lines.next()));
      }
    }
    return rows;
  }

  private static List<JsonNode> jsonLines(String name, String text) {
    var rows = new ArrayList<JsonNode>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      try {
        if (!line.isBlank()) {
          rows.add(JSON.readTree(line));
        }
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(
            "%s is no JSON in line %s, %s: mend it there"
                .formatted(name, number, e.getOriginalMessage().lines().findFirst().orElse("")),
            e);
      }
    }
    return rows;
  }

  private static List<JsonNode> yaml(String text) throws JsonProcessingException {
    JsonNode root = YAML.readTree(text);
    JsonNode list = root.isArray() ? root : root.path("questions");
    var rows = new ArrayList<JsonNode>();
    list.forEach(rows::add);
    return rows;
  }

  private static BatchQuestion question(JsonNode row, int number) {
    JsonNode schema = row.path("schema");
    String type = text(row, "type");
    try {
      return new BatchQuestion(
          text(row, "id"),
          text(row, "question"),
          type.isEmpty() ? AnswerType.TEXT : AnswerType.of(type),
          choices(row.path("choices")),
          schema.isObject() ? schema.toString() : schema.asText("").strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "question %s, %s".formatted(number, String.valueOf(e.getMessage())), e);
    }
  }

  private static String text(JsonNode row, String field) {
    return row.path(field).asText("").strip();
  }

  private static List<String> choices(JsonNode given) {
    if (given.isArray()) {
      var choices = new ArrayList<String>();
      given.forEach(choice -> choices.add(choice.asText().strip()));
      return choices;
    }
    return Arrays.stream(given.asText("").split("\\|", -1))
        .map(String::strip)
        .filter(choice -> !choice.isEmpty())
        .toList();
  }
}
