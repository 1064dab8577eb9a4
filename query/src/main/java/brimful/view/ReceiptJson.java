package brimful.view;

import brimful.ingest.Ingested;
import brimful.model.Cost;
import brimful.model.ModelProfile;
import brimful.pack.Receipt;
import brimful.pack.Window;
import brimful.service.Assembled;
import brimful.service.LeftOuts;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// The receipt as JSON; scripts rely on its keys.
public final class ReceiptJson {
  private ReceiptJson() {}

  /// Returns the receipt as one JSON object.
  public static String of(Assembled assembled, ModelProfile model, Cost cost) {
    return JsonText.object(json -> write(json, assembled, model, cost));
  }

  /// Writes the receipt's fields into an open object.
  public static void write(JsonGenerator json, Assembled assembled, ModelProfile model, Cost cost)
      throws IOException {
    Receipt receipt = Receipt.of(assembled.window());
    json.writeStringField("model", model.id());
    json.writeStringField("tokenizer", model.tokenizer());
    json.writeBooleanField("exact", receipt.exact());
    json.writeBooleanField("estimated", !receipt.exact());
    json.writeNumberField("budget_tokens", receipt.budgetTokens());
    json.writeStringField("stop", assembled.stop());
    json.writeArrayFieldStart("notes");
    for (String note : assembled.notes()) {
      json.writeString(note);
    }
    json.writeEndArray();
    json.writeNumberField("prompt_tokens", receipt.promptTokens());
    json.writeNumberField("frame_tokens", receipt.frameTokens());
    json.writeNumberField("template_tokens", model.limits().templateTokens());
    json.writeNumberField("corpus_tokens", receipt.corpusTokens());
    coverage(json, assembled.ingested());
    JsonText.secrets(json, assembled.ingested().secrets());
    json.writeObjectFieldStart("cost_usd");
    json.writeNumberField("miss", cost.missUsd());
    json.writeNumberField("hit", cost.hitUsd());
    json.writeBooleanField("known", cost.known());
    json.writeEndObject();
    json.writeObjectFieldStart("seconds");
    seconds(json, "ingest", assembled.times().ingest());
    seconds(json, "rank", assembled.times().rank());
    seconds(json, "pack", assembled.times().pack());
    json.writeEndObject();
    documents(json, receipt);
    images(json, receipt, model, cost);
    json.writeArrayFieldStart("left_out");
    LeftOuts leftOuts = assembled.leftOut();
    for (Window.LeftOut left : leftOuts.listed()) {
      json.writeStartObject();
      json.writeStringField("id", left.document().value());
      json.writeStringField("reason", left.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("left_out_more");
    for (Map.Entry<String, Integer> more : leftOuts.more().entrySet()) {
      json.writeNumberField(more.getKey(), more.getValue());
    }
    json.writeEndObject();
  }

  private static void coverage(JsonGenerator json, Ingested ingested) throws IOException {
    json.writeObjectFieldStart("coverage");
    JsonText.counts(json, ingested.coverage());
    json.writeObjectFieldStart("members");
    JsonText.counts(json, ingested.memberCoverage());
    json.writeEndObject();
    json.writeArrayFieldStart("gaps");
    for (String gap : ingested.gaps()) {
      json.writeString(gap);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void seconds(JsonGenerator json, String stage, Duration time) throws IOException {
    json.writeNumberField(stage, Math.round(time.toNanos() / 1e6) / 1e3);
  }

  /// An image's cost is its part of the prompt's.
  private static void images(JsonGenerator json, Receipt receipt, ModelProfile model, Cost cost)
      throws IOException {
    double usdPerToken =
        cost.missUsd() / (receipt.promptTokens() + model.limits().templateTokens());
    json.writeArrayFieldStart("images");
    for (Receipt.ImageEntry image : receipt.images()) {
      json.writeStartObject();
      json.writeStringField("id", image.id());
      json.writeNumberField("part", image.part());
      json.writeStringField("locator", image.locator());
      json.writeNumberField("width", image.size().width());
      json.writeNumberField("height", image.size().height());
      json.writeNumberField("bytes", image.size().bytes());
      json.writeNumberField("tokens", image.tokens());
      json.writeNumberField("cost_usd", usdPerToken * image.tokens());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void documents(JsonGenerator json, Receipt receipt) throws IOException {
    json.writeArrayFieldStart("documents");
    for (Receipt.DocumentEntry document : receipt.documents()) {
      json.writeStartObject();
      json.writeStringField("id", document.id());
      json.writeNumberField("tokens", document.tokens());
      json.writeArrayFieldStart("chunks");
      for (Receipt.ChunkEntry chunk : document.chunks()) {
        json.writeStartObject();
        json.writeStringField("locator", chunk.locator());
        json.writeNumberField("tokens", chunk.tokens());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
