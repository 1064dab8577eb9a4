package brimful.cli.view;

import brimful.batch.table.CsvText;
import brimful.corpus.Counted;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.ingest.Ingested;
import brimful.view.JsonText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// How every file and every member ended, as a table.
///
/// Members follow their file. The CSV is RFC 4180 in UTF-8, and no name or cause in it is a
/// formula.
public final class OutcomeReport {
  private static final List<String> COLUMNS = List.of("kind", "id", "state", "cause");

  private final Ingested ingested;
  private final Set<String> shown;

  /// @param shown the states to list
  public OutcomeReport(Ingested ingested, Set<String> shown) {
    this.ingested = ingested;
    this.shown = Set.copyOf(shown);
  }

  /// Returns the counts, a line each.
  public List<String> summary() {
    var lines = new ArrayList<String>();
    lines.add(ingested.coverage().display());
    if (!ingested.members().isEmpty()) {
      lines.add(ingested.memberCoverage().display("member"));
    }
    if (ingested.secrets().count() > 0) {
      lines.add(Counted.of(ingested.secrets().count(), "secret") + " masked");
    }
    lines.add(
        Counted.of(ingested.read(), "file")
            + (ingested.read() == 1 ? " was" : " were")
            + " read now, the rest is unchanged");
    ingested.gaps().forEach(gap -> lines.add("incomplete: " + gap));
    return lines;
  }

  private record Row(String kind, DocumentId id, Outcome outcome) {}

  private List<Row> rows() {
    SequencedMap<DocumentId, Outcome> files = ingested.outcomes();
    var rows = new ArrayList<Row>();
    for (Map.Entry<DocumentId, Outcome> one : ingested.all().entrySet()) {
      if (shown.contains(one.getValue().state())) {
        String kind = files.containsKey(one.getKey()) ? "file" : "member";
        rows.add(new Row(kind, one.getKey(), one.getValue()));
      }
    }
    return rows;
  }

  /// Returns a line for each: state, name, and the cause, if there is one.
  public String text() {
    var text = new StringBuilder();
    for (Row row : rows()) {
      text.append(String.format(Locale.ROOT, "%-10s", row.outcome.state())).append(row.id);
      text.append(row.outcome.cause().isEmpty() ? "" : ": " + row.outcome.cause()).append('\n');
    }
    return text.toString();
  }

  /// Returns a row for each, below the names of the columns.
  public String csv() {
    var table = new ArrayList<List<String>>();
    table.add(COLUMNS);
    for (Row row : rows()) {
      table.add(
          List.of(
              row.kind,
              CsvText.guarded(row.id.value()),
              row.outcome.state(),
              CsvText.guarded(row.outcome.cause())));
    }
    var text = new StringWriter();
    try {
      CsvText.write(table, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /// Returns the counts and an entry for each.
  public String json() {
    return JsonText.object(json -> {
      json.writeObjectFieldStart("files");
      JsonText.counts(json, ingested.coverage());
      json.writeEndObject();
      json.writeObjectFieldStart("members");
      JsonText.counts(json, ingested.memberCoverage());
      json.writeEndObject();
      json.writeArrayFieldStart("gaps");
      for (String gap : ingested.gaps()) {
        json.writeString(gap);
      }
      json.writeEndArray();
      JsonText.secrets(json, ingested.secrets());
      json.writeArrayFieldStart("entries");
      for (Row row : rows()) {
        json.writeStartObject();
        json.writeStringField("kind", row.kind);
        json.writeStringField("id", row.id.value());
        json.writeStringField("state", row.outcome.state());
        json.writeStringField("cause", row.outcome.cause());
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }
}
