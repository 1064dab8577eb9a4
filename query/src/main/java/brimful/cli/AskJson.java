package brimful.cli;

import brimful.answer.Answer;
import brimful.answer.Citation;
import brimful.ask.Cost;
import brimful.ask.ModelChoice;
import brimful.ask.ModelProfile;
import brimful.ask.Reply;
import brimful.corpus.Chunk;
import brimful.window.Assembled;
import brimful.window.JsonText;
import brimful.window.ReceiptJson;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;

/// What `ask --json` prints: the answer or the evidence, and the receipt.
final class AskJson {
  private AskJson() {}

  /// One call, with what it was made of.
  record Call(ModelChoice choice, Assembled assembled, Cost cost, Instant sent) {}

  /// Returns the evidence where no model answers.
  static String evidence(Assembled assembled, ModelProfile model, Cost cost) {
    return JsonText.object(json -> {
      json.writeArrayFieldStart("evidence");
      for (Chunk chunk : assembled.best()) {
        json.writeStartObject();
        json.writeStringField("id", chunk.document().value());
        json.writeStringField("locator", chunk.locator().display());
        json.writeStringField("heading", chunk.heading());
        json.writeStringField("text", chunk.text());
        json.writeEndObject();
      }
      json.writeEndArray();
      receipt(json, assembled, model, cost);
    });
  }

  /// Returns an answer, whole or cut off, with its citations and what it used.
  static String answer(Reply reply, Answer answer, Call call) {
    return JsonText.object(json -> {
      json.writeStringField("answer", answer.text());
      json.writeBooleanField("complete", reply instanceof Reply.Answered);
      json.writeArrayFieldStart("citations");
      for (Citation citation : answer.citations()) {
        json.writeStartObject();
        json.writeStringField("id", citation.document().value());
        json.writeStringField("locator", citation.locator().display());
        json.writeBooleanField("verified", citation.verified());
        json.writeStringField("problem", citation.problem());
        json.writeEndObject();
      }
      json.writeEndArray();
      if (reply instanceof Reply.Answered answered) {
        usage(json, answered, call);
      }
      receipt(json, call.assembled(), call.choice().model(), call.cost());
    });
  }

  private static void usage(JsonGenerator json, Reply.Answered answered, Call call)
      throws IOException {
    json.writeStringField("finish", answered.finish());
    json.writeObjectFieldStart("usage");
    json.writeStringField("model", answered.model());
    json.writeNumberField("prompt_tokens", answered.usage().prompt());
    json.writeNumberField("cached_tokens", answered.usage().cached());
    json.writeNumberField("completion_tokens", answered.usage().completion());
    json.writeNumberField("reasoning_tokens", answered.usage().reasoning());
    json.writeNumberField(
        "cost_usd", Cost.of(call.choice().model(), answered.usage(), call.sent()));
    json.writeNumberField("seconds", answered.took().toMillis() / 1e3);
    json.writeEndObject();
  }

  private static void receipt(
      JsonGenerator json, Assembled assembled, ModelProfile model, Cost cost) throws IOException {
    json.writeObjectFieldStart("receipt");
    ReceiptJson.write(json, assembled, model, cost);
    json.writeEndObject();
  }
}
