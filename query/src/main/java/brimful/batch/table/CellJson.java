package brimful.batch.table;

import brimful.answer.Citation;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.view.LocatorJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cells as JSON.
public final class CellJson {
  /// Keeps every digit of a number: as a binary fraction, a sum of money would lose its last.
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

  private static final Pattern PLACE =
      Pattern.compile(
          "(?<lines>.+):(?<first>\\d{1,9})(?:-(?<last>\\d{1,9}))?"
              + "|(?<paged>.+) (?<kind>p\\.|slide) (?<number>\\d{1,9})");

  private CellJson() {}

  public static String write(Cell cell) {
    return tree(cell).toString();
  }

  public static ObjectNode tree(Cell cell) {
    ObjectNode json = JSON.createObjectNode();
    switch (cell) {
      case Cell.Answered answered -> {
        json.put("is", "answered").put("answer", answered.json());
        json.put("confidence", answered.confidence());
        ArrayNode citations = json.putArray("citations");
        answered.citations().forEach(cited -> citations.add(tree(cited)));
        json.put("held", answered.held());
      }
      case Cell.Failed(Cause cause, String message, _) ->
          json.put("is", "failed").put("cause", cause.name()).put("message", message);
      case Cell.Pending _ -> json.put("is", "pending");
      case Cell.Draft(String reply, String problem, _) ->
          json.put("is", "draft").put("reply", reply).put("problem", problem);
      case Cell.Sent(double usdMax, _) -> json.put("is", "sent").put("usd_max", usdMax);
    }
    json.set("bill", tree(cell.bill()));
    return json;
  }

  public static Cell read(String text) {
    return read(tree(text));
  }

  public static Cell read(JsonNode json) {
    Bill bill = bill(json.path("bill"));
    return switch (json.path("is").asText()) {
      case "answered" -> {
        var citations = new ArrayList<Citation>();
        json.path("citations").forEach(cited -> citations.add(citation(cited)));
        yield new Cell.Answered(
            json.path("answer").asText(),
            json.path("confidence").asDouble(),
            citations,
            json.path("held").asDouble(1),
            bill);
      }
      case "failed" ->
          new Cell.Failed(
              Cause.valueOf(json.path("cause").asText()), json.path("message").asText(), bill);
      case "draft" ->
          new Cell.Draft(json.path("reply").asText(), json.path("problem").asText(), bill);
      case "sent" -> new Cell.Sent(json.path("usd_max").asDouble(), bill);
      default -> new Cell.Pending(bill);
    };
  }

  private static ObjectNode tree(Citation cited) {
    ObjectNode json = JSON.createObjectNode().put("document", cited.document().value());
    json.set("locator", LocatorJson.of(cited.locator()));
    return json.put("problem", cited.problem());
  }

  private static Citation citation(JsonNode json) {
    String problem = json.path("problem").asText();
    return json.has("document")
        ? new Citation(
            new DocumentId(json.path("document").asText()),
            LocatorJson.read(json.path("locator")),
            problem)
        : older(json.path("place").asText(), problem);
  }

  /// Ledgers of earlier versions have places as people read them.
  private static Citation older(String place, String problem) {
    Matcher parts = PLACE.matcher(place);
    if (!parts.matches()) {
      return new Citation(new DocumentId(place), new Locator.Lines(1, 1), problem);
    }
    if (parts.group("lines") != null) {
      int first = Integer.parseInt(parts.group("first"));
      int last = parts.group("last") == null ? first : Integer.parseInt(parts.group("last"));
      return new Citation(
          new DocumentId(parts.group("lines")), new Locator.Lines(first, last), problem);
    }
    int number = Integer.parseInt(parts.group("number"));
    Locator locator =
        parts.group("kind").equals("slide") ? new Locator.Slide(number) : new Locator.Page(number);
    return new Citation(new DocumentId(parts.group("paged")), locator, problem);
  }

  public static ObjectNode tree(Bill bill) {
    return JSON.createObjectNode()
        .put("calls", bill.calls())
        .put("tokens_in", bill.tokensIn())
        .put("tokens_cached", bill.tokensCached())
        .put("tokens_out", bill.tokensOut())
        .put("usd", bill.usd())
        .put("lost", bill.lost())
        .put("lost_usd", bill.lostUsd());
  }

  public static Bill bill(JsonNode json) {
    return new Bill(
        json.path("calls").asDouble(),
        json.path("tokens_in").asLong(),
        json.path("tokens_cached").asLong(),
        json.path("tokens_out").asLong(),
        json.path("usd").asDouble(),
        json.path("lost").asInt(),
        json.path("lost_usd").asDouble());
  }

  public static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a cell of the ledger is not JSON: " + text, e);
    }
  }
}
