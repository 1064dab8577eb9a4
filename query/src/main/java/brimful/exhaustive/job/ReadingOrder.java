package brimful.exhaustive.job;

import brimful.view.JsonTrees;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// The order of a reading. It is stored, so that a restarted server can go on.
///
/// @param collections at least one
/// @param scope the patterns of the part that is read; empty for all
/// @param model its name; empty for the server's own
/// @param budget of each window; empty for what the model can read
/// @param allWindows whether windows without any word of the question are read, too
/// @param usdMax the most that all of the reading may cost; infinite for no limit
public record ReadingOrder(
    List<String> collections,
    List<String> scope,
    String question,
    String model,
    String budget,
    boolean allWindows,
    double usdMax) {
  /// The field with the spending limit.
  static final String USD_MAX = "max_cost_usd";

  public ReadingOrder {
    collections = List.copyOf(collections);
    scope = List.copyOf(scope);
  }

  /// Returns the same order with another spending limit; infinite for none.
  public ReadingOrder limited(double usd) {
    return new ReadingOrder(collections, scope, question, model, budget, allWindows, usd);
  }

  /// Returns the names of the collections, as requests have them.
  public String collection() {
    return String.join("+", collections);
  }

  ObjectNode kept() {
    ObjectNode node = JsonTrees.object();
    collections.forEach(node.putArray("collections")::add);
    scope.forEach(node.putArray("scope")::add);
    node.put("question", question)
        .put("model", model)
        .put("budget", budget)
        .put("all_windows", allWindows);
    return Double.isInfinite(usdMax) ? node : node.put(USD_MAX, usdMax);
  }

  static ReadingOrder of(JsonNode kept) {
    return new ReadingOrder(
        texts(kept.path("collections")),
        texts(kept.path("scope")),
        kept.path("question").asText(),
        kept.path("model").asText(),
        kept.path("budget").asText(),
        kept.path("all_windows").asBoolean(),
        kept.path(USD_MAX).asDouble(Double.POSITIVE_INFINITY));
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(one -> texts.add(one.asText()));
    return texts;
  }
}
