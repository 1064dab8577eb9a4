package brimful.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/// Which parameters of OpenAI's protocol the servers behind the models take: one table, in
/// `parameters.tsv`. A row is a parameter, or one of its kinds, as `response_format.json_schema`; a
/// column is a family of servers.
///
/// @param families the columns, `other` last
/// @param rows by parameter
public record ParameterTable(List<String> families, SequencedMap<String, Row> rows) {
  private static final String FILE = "parameters.tsv";
  private static final int FILE_BYTES_MAX = 1 << 20;

  /// The first column of rules.
  private static final int RULES = 4;

  private static final ParameterTable BUILT_IN = load();

  public ParameterTable {
    families = List.copyOf(families);
    rows = new LinkedHashMap<>(rows);
  }

  /// What happens to a parameter.
  public enum Rule {
    /// It is sent to the model's server as it came.
    PASSED,
    /// The request is refused, because the answer would not be the one that was asked for.
    REFUSED,
    /// It does not affect the answer. It is not sent, and the reply lists it as ignored.
    LISTED
  }

  /// What a value is.
  public enum Form {
    NUMBER("a number"),
    INTEGER("a whole number"),
    BOOLEAN("true or false"),
    TEXT("a text"),
    TEXTS("a text, or a list of texts"),
    OBJECT("an object"),
    LIST("a list"),
    ANY("anything");

    private final String display;

    Form(String display) {
      this.display = display;
    }

    boolean has(JsonNode value) {
      return switch (this) {
        case NUMBER -> value.isNumber();
        case INTEGER -> value.isIntegralNumber();
        case BOOLEAN -> value.isBoolean();
        case TEXT -> value.isTextual();
        case TEXTS -> value.isTextual() || (value.isArray() && allTexts(value));
        case OBJECT -> value.isObject();
        case LIST -> value.isArray();
        case ANY -> true;
      };
    }

    private static boolean allTexts(JsonNode list) {
      for (JsonNode one : list) {
        if (!one.isTextual()) {
          return false;
        }
      }
      return true;
    }
  }

  /// The numbers that a parameter may be, both ends included.
  public record Range(double least, double most) {
    static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /// Reads `0..2`, or `-` for any number.
    static Range parse(String text) {
      if (text.equals("-")) {
        return ANY;
      }
      int dots = text.indexOf("..");
      return new Range(
          Double.parseDouble(text.substring(0, dots)),
          Double.parseDouble(text.substring(dots + 2)));
    }

    boolean has(JsonNode value) {
      return !value.isNumber() || (value.doubleValue() >= least && value.doubleValue() <= most);
    }

    String display() {
      return equals(ANY) ? "" : String.format(Locale.ROOT, " from %.0f to %.0f", least, most);
    }
  }

  /// The rules of a parameter.
  ///
  /// @param unset the value that means the same as no value, as JSON; empty if there is none
  /// @param form what its value is
  /// @param range of a number, as OpenAI documents it
  /// @param rules by family
  public record Row(String unset, Form form, Range range, Map<String, Rule> rules) {
    public Row {
      rules = Map.copyOf(rules);
    }
  }

  public static ParameterTable builtIn() {
    return BUILT_IN;
  }

  /// Returns the rule of a parameter; empty if it is unknown.
  ///
  /// @param family of the model's server; unknown ones are `other`
  public Optional<Rule> rule(String parameter, String family) {
    return Optional.ofNullable(rows.get(parameter))
        .map(row ->
            row.rules.getOrDefault(
                family, Objects.requireNonNull(row.rules.get(families.getLast()))));
  }

  /// Returns whether a value means the same as no value.
  public boolean isUnset(String parameter, JsonNode value) {
    Row row = rows.get(parameter);
    if (value.isNull() || row == null || row.unset.isEmpty()) {
      return value.isNull();
    }
    JsonNode unset = json(row.unset);
    return value.equals(unset)
        || (value.isNumber() && unset.isNumber() && value.doubleValue() == unset.doubleValue());
  }

  /// Returns whether a value is what the parameter's values are.
  public boolean isOfItsForm(String parameter, JsonNode value) {
    Row row = Objects.requireNonNull(rows.get(parameter));
    return row.form.has(value) && row.range.has(value);
  }

  /// Returns what the parameter's values are, for people.
  ///
  /// @param value one that is not of its form
  public String form(String parameter, JsonNode value) {
    Row row = Objects.requireNonNull(rows.get(parameter));
    return row.form.display + (row.form.has(value) ? row.range.display() : "");
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ParameterTable load() {
    try (InputStream stream =
        Objects.requireNonNull(ParameterTable.class.getResourceAsStream(FILE))) {
      List<String> lines = new String(stream.readNBytes(FILE_BYTES_MAX), UTF_8).lines().toList();
      List<String> head = Arrays.asList(lines.getFirst().split("\t", -1));
      List<String> families = new ArrayList<>(head.subList(RULES, head.size()));
      var rows = new LinkedHashMap<String, Row>();
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split("\t", -1);
        var rules = new LinkedHashMap<String, Rule>();
        for (int i = 0; i < families.size(); i++) {
          rules.put(families.get(i), Rule.valueOf(cells[i + RULES].toUpperCase(Locale.ROOT)));
        }
        rows.put(
            cells[0],
            new Row(
                cells[1].equals("-") ? "" : cells[1],
                Form.valueOf(cells[2].toUpperCase(Locale.ROOT)),
                Range.parse(cells[3]),
                rules));
      }
      return new ParameterTable(families, rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
