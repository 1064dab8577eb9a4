package brimful.batch;

import brimful.corpus.UserError;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// Reads a question file as spreadsheets write it: a header line, and cells separated by commas,
/// semicolons or tabs.
final class QuestionTable {
  private static final String DELIMITERS = ",;\t";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final List<QuestionFile.Row> rows = new ArrayList<>();
  private List<String> head = List.of();

  private QuestionTable(String name) {
    this.name = name;
  }

  /// Returns the rows that are not blank.
  ///
  /// @throws UserError naming the line, if the header is missing or a row does not fit it
  static List<QuestionFile.Row> read(String name, String text) {
    var table = new QuestionTable(name);
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(delimiter(text));
    int line = 1;
    try (MappingIterator<String[]> lines =
        new CsvMapper()
            .readerFor(String[].class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .with(schema)
            .readValues(text)) {
      while (lines.hasNextValue()) {
        line = lines.getCurrentLocation().getLineNr();
        table.add(line, lines.nextValue());
      }
    } catch (JsonProcessingException e) {
      throw new UserError(
          UserError.Kind.INPUT,
          e.getOriginalMessage().contains("closing quote")
              ? "%s line %s opens a quote that is never closed: close it, and write a quote inside it twice"
                  .formatted(name, line)
              : "%s line %s is not CSV, %s: correct it there"
                  .formatted(
                      name, line, e.getOriginalMessage().lines().findFirst().orElse("unreadable")),
          e);
    } catch (IOException e) {
      throw new UserError(UserError.Kind.INPUT, "%s cannot be read: correct it".formatted(name), e);
    }
    return table.rows;
  }

  /// Returns the most frequent delimiter of the header line, outside quotes.
  private static char delimiter(String text) {
    String head =
        text.lines()
            .filter(line -> !line.isBlank())
            .findFirst()
            .orElse("")
            .replaceAll("\"[^\"]*\"", "");
    char most = DELIMITERS.charAt(0);
    for (char delimiter : DELIMITERS.toCharArray()) {
      if (count(head, delimiter) > count(head, most)) {
        most = delimiter;
      }
    }
    return most;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  private void add(int line, String[] cells) {
    if (Arrays.stream(cells).allMatch(String::isBlank)) {
      return;
    }
    if (head.isEmpty()) {
      head = head(line, cells);
      return;
    }
    ObjectNode fields = JSON.createObjectNode();
    for (int i = 0; i < cells.length; i++) {
      if (i < head.size()) {
        fields.put(head.get(i), cells[i]);
      } else if (!cells[i].isBlank()) {
        throw new UserError(
            UserError.Kind.INPUT,
            "%s line %s has %s columns, and the head line %s: put quotes around a text that has the delimiter in it"
                .formatted(name, line, cells.length, head.size()));
      }
    }
    rows.add(new QuestionFile.Row("line " + line, fields));
  }

  /// Spreadsheets leave blank columns at the right, which have no name and no content.
  private List<String> head(int line, String[] cells) {
    var names = new ArrayList<String>();
    for (String cell : cells) {
      names.add(cell.strip().toLowerCase(Locale.ROOT));
    }
    while (names.getLast().isEmpty()) {
      names.removeLast();
    }
    var seen = new HashSet<String>();
    for (String column : names) {
      if (!QuestionFile.FIELDS.contains(column)) {
        throw new UserError(
            UserError.Kind.INPUT,
            "%s line %s has the column \"%s\", which is not known: name columns %s"
                .formatted(name, line, column, String.join(", ", QuestionFile.FIELDS)));
      }
      if (!seen.add(column)) {
        throw new UserError(
            UserError.Kind.INPUT,
            "%s line %s has the column %s twice: leave one out".formatted(name, line, column));
      }
    }
    for (String column : QuestionFile.NEEDED) {
      if (!names.contains(column)) {
        throw new UserError(
            UserError.Kind.INPUT,
            "%s line %s has no column %s, only %s: name the columns in the first line"
                .formatted(name, line, column, String.join(", ", names)));
      }
    }
    return List.copyOf(names);
  }
}
