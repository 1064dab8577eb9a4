package brimful.view;

import brimful.answer.Answer;
import brimful.answer.Citation;
import brimful.ask.Reply;
import brimful.corpus.Chunk;
import brimful.corpus.PictureSize;
import brimful.model.Usage;
import brimful.service.AskResult;
import brimful.service.PaidReply;
import brimful.service.Prepared;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The answer to a question as JSON, the same for every door.
///
/// `answer`, `complete`, `citations`, `evidence` (the window's receipt and its best chunks) and
/// `receipt` (the call's usage and cost).
public final class AnswerJson {
  private AnswerJson() {}

  /// Returns the complete answer.
  public static ObjectNode of(AskResult result) {
    ObjectNode node = answer(result);
    node.set("evidence", evidence(result.prepared()));
    node.set("receipt", receipt(result));
    return node;
  }

  /// Returns the answer and its citations.
  public static ObjectNode answer(AskResult result) {
    ObjectNode node = JsonTrees.object();
    switch (result) {
      case AskResult.Evidence _ ->
          node.put("answer", "").put("complete", false).putArray("citations");
      case AskResult.Replied replied -> {
        node.put("answer", replied.answer().text()).put("complete", isComplete(replied.reply()));
        node.set("citations", citations(replied.answer()));
      }
    }
    return node;
  }

  /// What the provider cut off is an answer, but not all of it.
  private static boolean isComplete(Reply reply) {
    return reply instanceof Reply.Answered answered && answered.publicNotice().isEmpty();
  }

  /// Returns citations in the order of the answer.
  public static ArrayNode citations(Answer answer) {
    ArrayNode citations = JsonTrees.array();
    answer.citations().forEach(one -> citations.add(citation(one)));
    return citations;
  }

  /// Returns a citation's text, what it refers to, and whether the window has that.
  public static ObjectNode citation(Citation citation) {
    ObjectNode node =
        JsonTrees.object()
            .put("written", "[" + citation.display() + "]")
            .put("document", citation.document().value());
    node.set("locator", LocatorJson.of(citation.locator()));
    return node.put("verified", citation.verified()).put("note", citation.problem());
  }

  /// Returns the parts of a window, and the chunks that match best.
  public static ObjectNode evidence(Prepared prepared) {
    ObjectNode node = JsonTrees.object().put("question", prepared.request().query());
    node.set("receipt", window(prepared));
    node.put("wants_everything", prepared.wantsMore());
    ArrayNode best = node.putArray("best");
    prepared.assembled().best().forEach(chunk -> best.add(chunk(chunk)));
    return node;
  }

  /// Returns a chunk with its text.
  public static ObjectNode chunk(Chunk chunk) {
    ObjectNode node = JsonTrees.object().put("document", chunk.document().value());
    node.set("locator", LocatorJson.of(chunk.locator()));
    node.put("heading", chunk.heading()).put("tokens", chunk.tokens()).put("text", chunk.text());
    if (!chunk.picture().isNone()) {
      node.set("picture", picture(chunk.ordinal(), chunk.picture().size()));
    }
    return node;
  }

  /// Returns how a picture is found and what it measures.
  ///
  /// @param part the ordinal of its chunk
  public static ObjectNode picture(int part, PictureSize size) {
    return JsonTrees.object()
        .put("part", part)
        .put("width", size.width())
        .put("height", size.height());
  }

  /// Returns the receipt of a window.
  public static ObjectNode window(Prepared prepared) {
    return JsonTrees.read(
        ReceiptJson.of(prepared.assembled(), prepared.choice().model(), prepared.cost()));
  }

  /// Returns the usage and cost of the call, or that no model was asked.
  public static ObjectNode receipt(AskResult result) {
    ObjectNode node = JsonTrees.object();
    return switch (result) {
      case AskResult.Evidence evidence ->
          node.putNull("model")
              .put("answered", false)
              .put("notice", evidence.notice())
              .putNull("usage")
              .putNull("cost_usd")
              .putNull("cached_share")
              .put("seconds", 0);
      case AskResult.Replied replied ->
          replied.reply() instanceof Reply.Answered answered
              ? receipt(node, replied, answered)
              : unanswered(node, replied);
    };
  }

  /// What a call without a whole answer may have cost is no price of it.
  private static ObjectNode unanswered(ObjectNode node, AskResult.Replied replied) {
    node.put("model", replied.prepared().choice().model().id())
        .put("answered", false)
        .put("notice", replied.lost().orElse(""));
    return maybeBilled(node, replied);
  }

  private static ObjectNode maybeBilled(ObjectNode node, AskResult.Replied replied) {
    node.put("maybe_billed", replied.lost().isPresent());
    if (replied.prepared().cost().known()) {
      node.put("cost_most_usd", replied.paid().usd());
    } else {
      node.putNull("cost_most_usd");
    }
    return node;
  }

  private static ObjectNode receipt(
      ObjectNode node, AskResult.Replied replied, Reply.Answered answered) {
    PaidReply paid = replied.paid();
    node.put("model", replied.prepared().choice().model().id())
        .put("answered", true)
        .put("finish", answered.finish())
        .put("notice", answered.publicNotice().or(replied::lost).orElse(""));
    if (replied.lost().isPresent()) {
      maybeBilled(node, replied);
    }
    if (answered.usage().reported()) {
      node.set("usage", usage(paid.usage()));
      node.put("cached_share", paid.usage().cachedShare());
    } else {
      node.putNull("usage").putNull("cached_share");
    }
    if (replied.prepared().cost().known()
        && answered.usage().reported()
        && replied.lost().isEmpty()) {
      node.put("cost_usd", paid.usd());
    } else {
      node.putNull("cost_usd");
    }
    return node.put("seconds", answered.took().toMillis() / 1e3);
  }

  /// Returns the usage of a call, in tokens.
  public static ObjectNode usage(Usage usage) {
    return JsonTrees.object()
        .put("prompt_tokens", usage.prompt())
        .put("cached_tokens", usage.cached())
        .put("completion_tokens", usage.completion())
        .put("reasoning_tokens", usage.reasoning());
  }
}
