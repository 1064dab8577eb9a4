package brimful.extract.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// Reads a channel of the data that Discord gives a person: only that person's own messages, as
/// JSON or, in older packages, as a table.
final class DiscordPackage implements JsonExport.Entries {
  /// The package does not say who it is of.
  private static final String OWNER = "Me";

  /// Number, time, text, files.
  private static final int COLUMNS = 4;

  private final ChatCollector out;

  private DiscordPackage(ChatCollector out) {
    this.out = out;
  }

  static void json(Reader json, ChatCollector out) throws IOException {
    JsonExport.read(json, Set.of(), Set.of(), new DiscordPackage(out));
    out.flush();
  }

  static void table(Reader table, ChatCollector out) throws IOException {
    var all = new DiscordPackage(out);
    try (CSVParser rows = CSVParser.parse(table, CSVFormat.DEFAULT)) {
      for (CSVRecord row : rows) {
        if (row.getRecordNumber() > 1) {
          all.row(row);
        }
      }
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof CSVException)) {
        throw e.getCause();
      }
      // Quotes that do not end; what came before is kept.
      out.broken(1);
    }
    out.flush();
  }

  private void row(CSVRecord row) throws IOException {
    if (row.size() == COLUMNS) {
      said(row.get(1), row.get(2), row.get(3));
    } else {
      out.broken(1);
    }
  }

  @Override
  public void tooLarge() {
    out.broken(1);
  }

  @Override
  public void entry(ObjectNode header, boolean first, JsonNode message) throws IOException {
    said(
        message.path("Timestamp").asText(),
        message.path("Contents").asText(),
        message.path("Attachments").asText());
  }

  private void said(String time, String contents, String attachments) throws IOException {
    String files = attachments.isBlank() ? "" : "[file " + attachments.strip() + "]";
    var turn =
        MessageText.turn(
            OWNER, ChatTimes.of(time), "", ChannelExport.lines(List.of(contents, files)));
    if (turn.isPresent()) {
      out.said("", turn.get());
    } else {
      out.broken(1);
    }
  }
}
