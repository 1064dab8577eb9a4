package brimful.replay;

import brimful.index.ChunkRef;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.model.CacheRule;
import brimful.model.ModelProfile;
import brimful.model.PrefixPlan;
import brimful.pack.Layout;
import brimful.pack.PackRequest;
import brimful.pack.Packer;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.pack.format.WindowFormat;
import brimful.rank.Question;
import brimful.rank.Ranker;
import brimful.rank.Ranking;
import brimful.token.TokenCounter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Packs the questions of a session in each layout, and sends them to simulated caches.
public final class SessionReplay {
  private static final int BEST_CHUNKS = 50;

  private final Snapshot snapshot;
  private final int budgetTokens;
  private final List<Outline> corpus;
  private final List<Asked> asked;
  private final Packer packer;
  private final CachePrompts prompts;
  private final Map<Plan, Session> sessions = new HashMap<>();

  /// @param counter the one that counted the corpus
  /// @param budgetTokens the most that each prompt may cost
  public SessionReplay(
      List<String> questions, Snapshot snapshot, TokenCounter counter, int budgetTokens) {
    this.snapshot = snapshot;
    this.budgetTokens = budgetTokens;
    corpus = snapshot.outlines();
    packer = new Packer(counter);
    prompts = new CachePrompts(counter);
    asked = questions.stream().map(this::ranked).toList();
  }

  private record Asked(String question, Ranking ranking) {}

  private record Plan(Layout layout, int budgetTokens) {}

  /// @param shown the share of the best chunks that are in the windows
  private record Session(List<Window> windows, double shown) {}

  /// One layout under one model's rule.
  ///
  /// @param prefixTokens the most that was planned for a prefix
  /// @param bill the cost of reading all prompts
  /// @param shown the share of each question's 50 best chunks that are in its window, 0 to 1
  public record Line(
      ModelProfile model, String layout, int prefixTokens, CacheReplay.Bill bill, double shown) {}

  /// Returns a line for each layout.
  public List<Line> lines(ModelProfile model, Instant at) {
    int prefix = PrefixPlan.tokens(model, budgetTokens, asked.size(), at);
    var lines = new ArrayList<Line>();
    lines.add(line(model, at, "relevance", 0, new Plan(new Layout.ByRelevance(), budgetTokens)));
    lines.add(line(model, at, "canonical", 0, new Plan(Layout.CANONICAL, budgetTokens)));
    if (prefix > 0) {
      var shorter = new Plan(Layout.CANONICAL, budgetTokens - prefix);
      var cacheable = new Plan(Layout.withPrefix(prefix), budgetTokens - PrefixPlan.TURN_TOKENS);
      lines.add(line(model, at, "canonical, shorter by the prefix", 0, shorter));
      lines.add(line(model, at, "prefix, evidence", prefix, cacheable));
      if (model.cache().match() == CacheRule.Match.UNITS) {
        lines.add(warmed(model, at, prefix, cacheable));
      }
    }
    return lines;
  }

  private Line line(ModelProfile model, Instant at, String name, int prefix, Plan plan) {
    return line(model, name, prefix, session(plan), new CacheReplay(model, at));
  }

  /// A unit is found from the first question on if it is stored ahead.
  private Line warmed(ModelProfile model, Instant at, int prefix, Plan plan) {
    var cache = new CacheReplay(model, at);
    Session session = session(plan);
    CacheReplay.Bill first = cache.send(prompts.warmUp(session.windows().getFirst()));
    Line line = line(model, "the same, prefix sent ahead", prefix, session, cache);
    return new Line(model, line.layout(), prefix, first.plus(line.bill()), line.shown());
  }

  private Line line(
      ModelProfile model, String name, int prefix, Session session, CacheReplay cache) {
    CacheReplay.Bill bill = CacheReplay.Bill.NOTHING;
    for (Window window : session.windows()) {
      bill = bill.plus(cache.send(prompts.of(window, model.cache())));
    }
    return new Line(model, name, prefix, bill, session.shown());
  }

  private Asked ranked(String question) {
    int limit = Ranker.chunkLimit(budgetTokens);
    return new Asked(question, new Ranker().rank(new Question(question), snapshot, limit));
  }

  private Session session(Plan plan) {
    return sessions.computeIfAbsent(plan, this::pack);
  }

  private Session pack(Plan plan) {
    var windows = new ArrayList<Window>();
    double shown = 0;
    for (Asked each : asked) {
      var request =
          new PackRequest(
                  Prompt.of(each.question()),
                  plan.budgetTokens(),
                  corpus,
                  each.ranking(),
                  WindowFormat.XML)
              .in(plan.layout());
      Window window = packer.pack(request, snapshot::read);
      windows.add(window);
      shown += shown(each.ranking(), window) / asked.size();
    }
    return new Session(windows, shown);
  }

  private static double shown(Ranking ranking, Window window) {
    var windowLines = WindowLines.of(window);
    List<ChunkRef> best =
        ranking.chunks().stream().limit(BEST_CHUNKS).map(Ranking.RankedChunk::chunk).toList();
    return best.isEmpty()
        ? 1
        : (double) best.stream().filter(windowLines::show).count() / best.size();
  }
}
