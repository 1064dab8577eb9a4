package brimful.batch;

import brimful.model.CacheRule;
import brimful.model.Cost;
import brimful.model.ModelProfile;
import brimful.model.Usage;
import brimful.pack.Window;
import brimful.replay.CachePrompts;
import brimful.replay.CacheReplay;
import brimful.replay.CacheReplay.Part;
import brimful.token.TokenCounter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The expected cost of calls, if the provider's cache follows its rule.
///
/// @param calls how many, including those that only store documents in the cache
/// @param tokensOut the expected tokens of all replies
/// @param usd the cost with these
/// @param usdMost the cost without any cache hit, with every reply at its limit and each question
///   repaired once
public record Forecast(
    long calls, long tokensIn, long tokensCached, long tokensOut, double usd, double usdMost) {
  public static final Forecast NOTHING = new Forecast(0, 0, 0, 0, 0, 0);

  /// The reply of a model that is asked to say OK.
  private static final int OK_TOKENS = 1;

  /// Returns the share of the prompts that is in the cache.
  public double cachedShare() {
    return tokensIn == 0 ? 0 : (double) tokensCached / tokensIn;
  }

  /// Returns the sum of both.
  public Forecast plus(Forecast other) {
    return new Forecast(
        calls + other.calls,
        tokensIn + other.tokensIn,
        tokensCached + other.tokensCached,
        tokensOut + other.tokensOut,
        usd + other.usd,
        usdMost + other.usdMost);
  }

  /// The model and conditions of a forecast.
  ///
  /// @param replyTokens the limit of a reply
  /// @param answerTokens the expected tokens of a reply for each question
  /// @param at when the calls are sent
  /// @param warm whether the unit's documents are in the cache
  /// @param stores whether they are stored there for later batches
  record Terms(
      ModelProfile model,
      int replyTokens,
      int answerTokens,
      Instant at,
      boolean warm,
      boolean stores) {}

  /// Returns the forecast of a unit's calls, without repairs except those that are due.
  static Forecast of(UnitWork work, UnitWindow window, Terms terms) {
    var cache = new CacheReplay(terms.model(), terms.at());
    CacheRule rule = terms.model().cache();
    var rules = new Part("rules", window.instructionTokens(), true);
    var documents = new Part("documents", window.tokens() - rules.tokens(), true);
    var turn = new Part("turn", turnTokens(terms.model(), window.counter()), true);
    // Earlier units have left the rules in the cache.
    for (String other : List.of("before", "between")) {
      cache.send(new CacheReplay.Prompt(List.of(rules, new Part(other, 0, true))));
    }
    if (terms.warm()) {
      cache.send(new CacheReplay.Prompt(List.of(rules, documents)));
    }
    Forecast sum = NOTHING;
    if (!terms.warm()
        && work.wantsWarmUp(rule, documents.tokens(), work.questions(terms.stores()))) {
      sum = sum.plus(one(cache, List.of(rules, documents), OK_TOKENS, terms));
    }
    List<Part> front = List.of(rules, documents, turn);
    for (BatchQuestion question : work.repairs()) {
      sum = sum.plus(asking(List.of(question), cache, front, window, terms));
    }
    for (List<BatchQuestion> questions : work.groups()) {
      Forecast asked = asking(questions, cache, front, window, terms);
      sum = sum.plus(asked).plus(repairs(questions, asked, terms));
    }
    return sum;
  }

  private static Forecast asking(
      List<BatchQuestion> questions,
      CacheReplay cache,
      List<Part> front,
      UnitWindow window,
      Terms terms) {
    String text = BatchPrompt.ask(questions);
    var parts = new ArrayList<>(front);
    parts.add(new Part(text, window.tokens(text), true));
    return one(cache, parts, terms.answerTokens() * questions.size(), terms);
  }

  /// Returns the most that repairs of one call can cost.
  private static Forecast repairs(List<BatchQuestion> questions, Forecast asked, Terms terms) {
    long prompt = asked.tokensIn() + UnitWindow.REPAIR_TOKENS;
    double usd = Cost.estimate(terms.model(), prompt, terms.replyTokens(), terms.at()).mostUsd();
    return new Forecast(0, 0, 0, 0, 0, questions.size() * usd);
  }

  private static Forecast one(CacheReplay cache, List<Part> parts, int reply, Terms terms) {
    ModelProfile model = terms.model();
    CacheReplay.Bill read = cache.send(new CacheReplay.Prompt(parts));
    long prompt = read.promptTokens() + model.limits().templateTokens();
    int out = Math.min(reply, terms.replyTokens());
    var usage = new Usage(prompt, read.cachedTokens(), read.writtenTokens(), out, 0);
    return new Forecast(
        1,
        prompt,
        read.cachedTokens(),
        out,
        Cost.of(model, usage, terms.at()),
        Cost.estimate(model, prompt, terms.replyTokens(), terms.at()).mostUsd());
  }

  /// Returns the tokens of a turn between a prefix and a question.
  private static int turnTokens(ModelProfile model, TokenCounter counter) {
    // Rules, prefix and question of one line each: the rest is the turn.
    var tiny = new Window("-\n", "-\n", "", "-\n", 9, 9, true, List.of(), List.of(), 0);
    int all =
        new CachePrompts(counter)
            .of(tiny, model.cache()).parts().stream().mapToInt(Part::tokens).sum();
    int turn = all - 3 * counter.count("-\n");
    return turn == 0 ? 0 : turn + model.limits().templateTokens();
  }
}
