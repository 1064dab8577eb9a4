package brimful.batch.table;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.answer.Citation;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableFileTest {
  private static final Bill BILL = new Bill(1, 1000, 900, 20, 0.0001, 0, 0);

  @TempDir Path folder;

  private static Table table(Cell... cells) {
    return new Table(
        "deepseek-flash",
        List.of(cells).stream()
            .map(cell -> new Table.Line(new Row("a, b.md", "q", "Why?", "key"), cell))
            .toList(),
        Bill.NOTHING);
  }

  private static Cell answered(String json) {
    return new Cell.Answered(
        json, 0.5, List.of(cited("a.md", 1, 2, ""), cited("b.md", 9, 9, "no such document")), BILL);
  }

  @Test
  void aSpreadsheetOpensItAndRunsNothing() throws IOException {
    Path file = folder.resolve("table.csv");

    TableFile.write(
        table(
            answered("\"=1+1, \\\"x\\\"\\nand more\""),
            answered("-5.25"),
            answered("[\"@a\",\"b\"]"),
            new Cell.Failed(Cause.CUT_OFF, "broken", Bill.unknown(1)),
            Cell.untouched()),
        file);

    assertThat(Files.readString(file))
        .isEqualTo(
            """
            \uFEFFunit,question,answer,confidence,citations,unverified,state,cause,tokens_in,tokens_cached,tokens_out,cost_usd,held
            "a, b.md",q,"'=1+1, ""x""
            and more",0.5,a.md:1-2,b.md:9,answered,,1000,900,20,0.00010000,1.0000
            "a, b.md",q,-5.25,0.5,a.md:1-2,b.md:9,answered,,1000,900,20,0.00010000,1.0000
            "a, b.md",q,"'@a; b",0.5,a.md:1-2,b.md:9,answered,,1000,900,20,0.00010000,1.0000
            "a, b.md",q,,,,,failed,"cut off, maybe billed: broken",0,0,0,0.00000000,
            "a, b.md",q,,,,,pending,,0,0,0,0.00000000,
            """
                .replace("\n", "\r\n")
                .replace("\"\"x\"\"\r\n", "\"\"x\"\"\n"));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void keepsEveryDigitOfANumber() throws IOException {
    Path csv = folder.resolve("table.csv");
    Path lines = folder.resolve("table.jsonl");
    Table table = table(answered("12345678.90"), answered("1234567890123456789.01"));

    TableFile.write(table, csv);
    TableFile.write(table, lines);

    assertThat(Files.readString(csv)).contains(",q,12345678.90,", ",q,1234567890123456789.01,");
    assertThat(Files.readString(lines))
        .contains("\"answer\":12345678.90,", "\"answer\":1234567890123456789.01,");
  }

  @Test
  void jsonLinesHaveEverything() throws IOException {
    Path file = folder.resolve("table.jsonl");

    TableFile.write(
        table(answered("[\"@a\"]"), new Cell.Failed(Cause.LOST, "m", Bill.unknown(1))), file);

    List<String> lines = Files.readAllLines(file);
    JsonNode first = new ObjectMapper().readTree(lines.getFirst());
    JsonNode last = new ObjectMapper().readTree(lines.getLast());
    assertThat(first.path("answer").path(0).asText()).isEqualTo("@a");
    assertThat(first.path("citations").path(1).path("verified").asBoolean(true)).isFalse();
    assertThat(first.path("tokens_cached").asInt()).isEqualTo(900);
    assertThat(last.path("maybe_billed").asBoolean()).isTrue();
    assertThat(last.path("lost_usd").asDouble()).isEqualTo(1);
  }

  private static Citation cited(String document, int first, int last, String problem) {
    return new Citation(new DocumentId(document), new Locator.Lines(first, last), problem);
  }
}
