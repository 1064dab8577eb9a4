package brimful.batch;

import brimful.corpus.UserError;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/// Reads question files: CSV with a header line, JSON lines, or YAML.
///
/// Each question has `id` and `question`, and optionally `type`, `choices` and `schema`, in any
/// case. Errors are one line with the place.
public final class QuestionFile {
  /// The permitted fields.
  static final List<String> FIELDS = List.of("id", "question", "type", "choices", "schema");

  /// The required fields.
  static final List<String> NEEDED = List.of("id", "question");

  /// Other table formats, which people name by mistake.
  private static final List<String> SPREADSHEETS =
      List.of("xlsx", "xlsm", "xlsb", "xls", "ods", "numbers");

  private static final String ZIP = "PK\u0003\u0004";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /// `yes` and `no` are words here: they are the most common choices.
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS).build();

  private QuestionFile() {}

  /// A question as the file has it.
  ///
  /// @param place such as "line 3"
  record Row(String place, JsonNode fields) {}

  /// Returns the file's name if such files can hold questions, before it is read.
  ///
  /// @throws UserError if it cannot, such as a spreadsheet
  public static String checked(String name) {
    String ending = ending(name);
    if (SPREADSHEETS.contains(ending)) {
      throw spreadsheet(name);
    }
    if (!List.of("csv", "tsv", "jsonl", "ndjson", "yaml", "yml", "json").contains(ending)) {
      throw new UserError(
          UserError.Kind.INPUT,
          "%s is not a file of questions: name a .csv, .tsv, .jsonl or .yaml".formatted(name));
    }
    return name;
  }

  /// Reads questions.
  ///
  /// @param name the file's name, whose extension decides the format
  /// @throws UserError if they cannot be read; the message says where
  public static List<BatchQuestion> read(String name, String text) {
    checked(name);
    if (text.startsWith(ZIP)) {
      throw spreadsheet(name);
    }
    String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<Row> rows =
        switch (ending(name)) {
          case "csv", "tsv" -> QuestionTable.read(name, bare);
          case "jsonl", "ndjson" -> jsonLines(name, bare);
          default -> yaml(name, bare);
        };
    if (rows.isEmpty()) {
      throw new UserError(
          UserError.Kind.INPUT, "%s has no questions: write one in each row".formatted(name));
    }
    var questions = new ArrayList<BatchQuestion>();
    var places = new HashMap<String, String>();
    for (Row row : rows) {
      BatchQuestion question = question(name, row);
      String before = places.putIfAbsent(question.id(), row.place());
      if (before != null) {
        throw new UserError(
            UserError.Kind.INPUT,
            "%s %s has the id %s of %s: give each question its own"
                .formatted(name, row.place(), question.id(), before));
      }
      questions.add(question);
    }
    return BatchQuestion.checked(questions);
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static UserError spreadsheet(String name) {
    return new UserError(
        UserError.Kind.INPUT, "%s is a spreadsheet: save it as CSV (UTF-8)".formatted(name));
  }

  private static List<Row> jsonLines(String name, String text) {
    var rows = new ArrayList<Row>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      try {
        if (!line.isBlank()) {
          rows.add(new Row("line " + number, JSON.readTree(line)));
        }
      } catch (JsonProcessingException e) {
        throw malformed(name, number, column(e), "JSON", e);
      }
    }
    return rows;
  }

  private static List<Row> yaml(String name, String text) {
    JsonNode root;
    try {
      root = YAML.readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw malformed(name, line, column(e), ending(name).equals("json") ? "JSON" : "YAML", e);
    }
    JsonNode list = root.isObject() ? root.path("questions") : root;
    if (!list.isArray()) {
      throw new UserError(
          UserError.Kind.INPUT,
          "%s has no list of questions: write one, at the top or under questions:".formatted(name));
    }
    var rows = new ArrayList<Row>();
    list.forEach(row -> rows.add(new Row("question " + (rows.size() + 1), row)));
    return rows;
  }

  private static UserError malformed(
      String name, int line, int column, String format, JsonProcessingException cause) {
    return new UserError(
        UserError.Kind.INPUT,
        "%s line %s column %s is not valid %s: correct it there"
            .formatted(name, line, column, format),
        cause);
  }

  private static int column(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
  }

  private static BatchQuestion question(String name, Row row) {
    String place = "%s %s".formatted(name, row.place());
    JsonNode fields = lowered(place, row.fields());
    for (String needed : NEEDED) {
      if (text(fields, needed).isEmpty()) {
        throw new UserError(
            UserError.Kind.INPUT, "%s has no %s: write one".formatted(place, needed));
      }
    }
    JsonNode schema = fields.path("schema");
    String type = text(fields, "type");
    try {
      return new BatchQuestion(
          text(fields, "id"),
          text(fields, "question"),
          type.isEmpty() ? AnswerType.TEXT : AnswerType.of(type),
          choices(fields.path("choices")),
          schema.isObject() ? schema.toString() : schema.asText("").strip());
    } catch (UserError e) {
      throw new UserError(UserError.Kind.INPUT, "%s, %s".formatted(place, e.line()), e);
    }
  }

  /// Returns the fields with their names in lower case.
  private static JsonNode lowered(String place, JsonNode fields) {
    if (!fields.isObject()) {
      throw new UserError(
          UserError.Kind.INPUT,
          "%s is not an object: write one with id and question".formatted(place));
    }
    var lowered = JSON.createObjectNode();
    fields
        .properties()
        .forEach(field -> {
          String name = field.getKey().strip().toLowerCase(Locale.ROOT);
          if (!FIELDS.contains(name)) {
            throw new UserError(
                UserError.Kind.INPUT,
                "%s has the field \"%s\", which is not known: use %s"
                    .formatted(place, field.getKey(), String.join(", ", FIELDS)));
          }
          lowered.set(name, field.getValue());
        });
    return lowered;
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
