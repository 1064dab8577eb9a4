package brimful.batch.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.batch.ledger.LedgerEvent.Call;
import brimful.batch.table.Cell;
import brimful.batch.table.CellJson;
import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// The JSON form of events in the log that workers share.
final class EventJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 1;

  private EventJson() {}

  static byte[] write(LedgerEvent event) {
    ObjectNode json = JSON.createObjectNode().put("v", VERSION);
    switch (event) {
      case LedgerEvent.Begun(String run) -> json.put("is", "begun").put("run", run);
      case LedgerEvent.Taken(String unit, UnitHolder by) ->
          holder(json.put("is", "taken"), unit, by);
      case LedgerEvent.Left(String unit, UnitHolder by) -> holder(json.put("is", "left"), unit, by);
      case LedgerEvent.Sent(Call call, List<String> cells) -> {
        call(json.put("is", "sent"), call);
        cells.forEach(json.putArray("cells")::add);
      }
      case LedgerEvent.Settled settled -> {
        json.put("is", "settled").put("call", settled.call());
        ObjectNode cells = json.putObject("cells");
        settled.cells().forEach((key, cell) -> cells.set(key, CellJson.tree(cell)));
      }
      case LedgerEvent.Warming(Call call, Instant at) ->
          call(json.put("is", "warming").put("at", at.toString()), call);
      case LedgerEvent.Warmed(String unit, BatchLedger.WarmUp warmUp) ->
          json.put("is", "warmed").put("unit", unit).set("warm_up", tree(warmUp));
      case LedgerEvent.Reopened(List<String> cells) -> {
        ArrayNode keys = json.put("is", "reopened").putArray("cells");
        cells.forEach(keys::add);
      }
      case LedgerEvent.Gathered(String key, Cell cell, List<String> parts) -> {
        json.put("is", "gathered").put("key", key).set("cell", CellJson.tree(cell));
        parts.forEach(json.putArray("parts")::add);
      }
    }
    return json.toString().getBytes(UTF_8);
  }

  /// @throws UserError if a later version wrote it, or if it is not an event
  static LedgerEvent read(byte[] bytes) {
    try {
      return event(CellJson.tree(new String(bytes, UTF_8)));
    } catch (DateTimeException | IllegalArgumentException | IllegalStateException e) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "the batch's topic has an entry that cannot be read: run the batch under another name",
          e);
    }
  }

  private static LedgerEvent event(JsonNode json) {
    String unit = json.path("unit").asText();
    return switch (json.path("v").asInt() == VERSION ? json.path("is").asText() : "") {
      case "begun" -> new LedgerEvent.Begun(json.path("run").asText());
      case "taken" -> new LedgerEvent.Taken(unit, holder(json));
      case "left" -> new LedgerEvent.Left(unit, holder(json));
      case "sent" -> new LedgerEvent.Sent(call(json), texts(json.path("cells")));
      case "settled" -> {
        var cells = new LinkedHashMap<String, Cell>();
        json.path("cells")
            .properties()
            .forEach(cell -> cells.put(cell.getKey(), CellJson.read(cell.getValue())));
        yield new LedgerEvent.Settled(json.path("call").asText(), cells);
      }
      case "warming" ->
          new LedgerEvent.Warming(call(json), Instant.parse(json.path("at").asText()));
      case "warmed" -> new LedgerEvent.Warmed(unit, warmUp(json.path("warm_up")));
      case "reopened" -> new LedgerEvent.Reopened(texts(json.path("cells")));
      case "gathered" ->
          new LedgerEvent.Gathered(
              json.path("key").asText(),
              CellJson.read(json.path("cell")),
              texts(json.path("parts")));
      default ->
          throw new UserError(
              UserError.Kind.CONFLICT,
              "the batch has entries of a later version: run it with that version of Brimful");
    };
  }

  static ObjectNode tree(BatchLedger.WarmUp warmUp) {
    ObjectNode json = JSON.createObjectNode().put("at", warmUp.at().toString());
    json.put("usd_max", warmUp.usdMax()).set("bill", CellJson.tree(warmUp.bill()));
    return json;
  }

  static BatchLedger.WarmUp warmUp(JsonNode json) {
    return new BatchLedger.WarmUp(
        Instant.parse(json.path("at").asText()),
        CellJson.bill(json.path("bill")),
        json.path("usd_max").asDouble());
  }

  private static void holder(ObjectNode json, String unit, UnitHolder by) {
    json.put("unit", unit).put("place", by.place()).put("delivery", by.delivery());
  }

  private static UnitHolder holder(JsonNode json) {
    return new UnitHolder(json.path("place").asText(), json.path("delivery").asInt());
  }

  private static void call(ObjectNode json, Call call) {
    holder(json, call.unit(), call.by());
    json.put("call", call.id()).put("usd_max", call.usdMax());
    if (call.usdLimit() < Double.POSITIVE_INFINITY) {
      json.put("usd_limit", call.usdLimit());
    }
  }

  private static Call call(JsonNode json) {
    return new Call(
        json.path("call").asText(),
        json.path("unit").asText(),
        holder(json),
        json.path("usd_max").asDouble(),
        json.path("usd_limit").asDouble(Double.POSITIVE_INFINITY));
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
