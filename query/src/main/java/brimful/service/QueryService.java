package brimful.service;

import brimful.answer.Answer;
import brimful.ask.Asker;
import brimful.ask.CallOptions;
import brimful.ask.Reply;
import brimful.collection.Corpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.Chunk;
import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.model.Cost;
import brimful.model.ModelChoice;
import brimful.model.PrefixPlan;
import brimful.model.Usage;
import brimful.pack.Layout;
import brimful.pack.Packer;
import brimful.pack.Prompt;
import brimful.pack.format.WindowFormat;
import brimful.rank.Explanation;
import brimful.rank.Question;
import brimful.rank.Ranker;
import brimful.rank.Ranking;
import brimful.rank.Rescorer;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Answers questions about corpora, in the same way for every door.
///
/// [#prepare] ranks and packs, and spends nothing; [#send] makes the one call. Both pass the
/// admission. To cancel either, interrupt its thread. Safe for many threads.
public final class QueryService {
  /// The share of a window that a runner has refused as too large.
  private static final double SMALLER = 0.75;

  private final Models models;
  private final Admission admission;
  private final PaidCalls calls;
  private final Rescorer rescorer;
  private final Clock clock;
  private final Supplier<LocalDate> today;

  /// Returns a service for questions of the day on which they come.
  public QueryService(Models models, Admission admission, Rescorer rescorer) {
    this(models, admission, rescorer, () -> LocalDate.now(Clock.systemUTC()));
  }

  /// @param rescorer adjusts every ranking before a window is filled
  /// @param today gives the day on which a question is asked, which `last week` refers to
  public QueryService(
      Models models, Admission admission, Rescorer rescorer, Supplier<LocalDate> today) {
    this.today = today;
    this.models = models;
    this.admission = admission;
    this.rescorer = rescorer;
    clock = Clock.systemUTC();
    calls = new PaidCalls(admission, models.settings(), clock);
  }

  /// Follows a question; called in the asking thread.
  public interface Listener extends Asker.Listener {
    /// Ignores everything.
    Listener SILENT =
        new Listener() {
          @Override
          public void text(String delta) {}
        };

    /// Receives the chunks that match best; the window is still to be packed.
    default void ranked(List<Chunk> best) {}

    /// Called when the window is packed, before it is sent.
    default void packed(Prepared prepared) {}
  }

  public Models models() {
    return models;
  }

  /// Returns the admission of questions.
  public Admission admission() {
    return admission;
  }

  /// Returns what reads documents without a question.
  CorpusReader reader() {
    return new CorpusReader(admission);
  }

  /// Returns the sender of calls, for users that pack their own windows.
  public PaidCalls calls() {
    return calls;
  }

  /// Returns the chunks that match best, best first.
  ///
  /// @param limit the most chunks
  public List<FoundChunk> search(Corpus corpus, String tokenizer, String question, int limit) {
    var asked = new Question(question, Optional.of(today.get()));
    return admission.pack(
        "search", () -> corpus.use(tokenizer, open -> found(open.snapshot(), asked, limit)));
  }

  /// Returns the documents that match best, best first, each with its best chunks.
  public FoundDocument.Page searchDocuments(
      Corpus corpus, String tokenizer, String question, FoundDocument.Wanted wanted) {
    var asked = new Question(question, Optional.of(today.get()));
    return admission.pack(
        "search",
        () -> corpus.use(tokenizer, open -> DocumentSearch.of(open.snapshot(), asked, wanted)));
  }

  private static List<FoundChunk> found(Snapshot snapshot, Question asked, int limit) {
    int ranked = Math.max(limit, Ranker.chunkLimit(0));
    List<Ranking.RankedChunk> best =
        new Ranker().rank(asked, snapshot, ranked).chunks().stream().limit(limit).toList();
    List<Chunk> chunks = snapshot.read(best.stream().map(Ranking.RankedChunk::chunk).toList());
    var found = new ArrayList<FoundChunk>(chunks.size());
    for (int i = 0; i < chunks.size(); i++) {
      found.add(new FoundChunk(chunks.get(i), best.get(i).score()));
    }
    return found;
  }

  /// Why chunks rank where they do.
  ///
  /// @param why the explanations, best first
  /// @param chunks the same chunks with their text
  /// @param assembled the window of the budget
  public record Explained(List<Explanation> why, List<Chunk> chunks, Assembled assembled) {}

  /// Explains the ranking of a question.
  ///
  /// @param first the most chunks
  public Explained explain(
      Corpus corpus, String tokenizer, String question, int budgetTokens, int first) {
    return corpus.use(
        tokenizer,
        open -> {
          Snapshot snapshot = open.snapshot();
          var asked = new Question(question, Optional.of(today.get()));
          int limit = Ranker.chunkLimit(budgetTokens);
          var task = new Filler.Task(Prompt.of(question), question, Budget.of(budgetTokens));
          Assembled assembled = fill(corpus, open, tokenizer, task, Listener.SILENT);
          List<Explanation> why =
              new Ranker().explain(asked, snapshot, limit).stream().limit(first).toList();
          return new Explained(
              why, snapshot.read(why.stream().map(Explanation::chunk).toList()), assembled);
        });
  }

  /// Fills a window that the caller sends itself, or not at all.
  ///
  /// @throws UserError if the corpus has no text
  public Assembled fill(Corpus corpus, String tokenizer, Filler.Task task, Listener listener) {
    Function<OpenCorpus, Assembled> fill = open -> fill(corpus, open, tokenizer, task, listener);
    return admission.pack(
        "pack",
        () ->
            task.query().isBlank()
                ? corpus.useTexts(tokenizer, fill)
                : corpus.use(tokenizer, fill));
  }

  private Assembled fill(
      Corpus corpus, OpenCorpus open, String tokenizer, Filler.Task task, Listener listener) {
    if (open.snapshot().outlines().isEmpty()) {
      throw corpus.withoutText(open.ingested());
    }
    var arrival = new Filler.Arrival(open.ingested(), open.took());
    return new Filler(Tokenizers.named(tokenizer), rescorer, Optional.of(today.get()))
        .fill(task, open.snapshot(), arrival, listener::ranked);
  }

  /// Returns what a prompt costs without documents, in tokens of a model.
  public long frameTokens(Prompt prompt, ModelChoice choice) {
    return new Packer(Tokenizers.named(choice.model().tokenizer())).frame(prompt, WindowFormat.XML);
  }

  /// Fills the window for a question. Spends nothing.
  ///
  /// @throws UserError if the corpus has no text, or the model or the budget is unsuitable
  public Prepared prepare(AskRequest request, Listener listener) {
    ModelChoice choice = models.choose(request.model());
    if (request.options().replyTokens() > 0) {
      choice = choice.replying(request.options().replyTokens());
    }
    var images = Images.of(request.options().images(), choice.model());
    int beside = ExtraTokens.tokens(request.options(), images, choice.model());
    int usable = ExtraTokens.left(choice.promptTokens(), beside);
    String tokenizer = choice.model().tokenizer();
    TokenCounter counter = Tokenizers.named(tokenizer);
    AskRequest whole = new Conversation(counter).fit(request, usable);
    if (Budget.isNone(request.budget())) {
      Assembled bare = BareWindow.of(whole.prompt(), counter, usable);
      return new Prepared(
          request, bare, choice, PaidCalls.cost(choice, bare.window(), beside, clock.instant()));
    }
    Budget budget = Budget.parse(whole.budget(), usable);
    Layout layout = whole.shape().layout().layout(choice.model(), budget.tokens());
    int turn = layout instanceof Layout.Cacheable ? PrefixPlan.TURN_TOKENS : 0;
    var task =
        new Filler.Task(
            whole.prompt(),
            whole.query(),
            new Budget(budget.tokens() - turn, budget.auto()),
            whole.shape().format(),
            layout,
            images.beside(models.vision(choice.model())),
            calls.gauge(choice));
    Assembled assembled = fill(request.corpus(), tokenizer, task, listener);
    Cost cost = PaidCalls.cost(choice, assembled.window(), beside, clock.instant());
    return new Prepared(request, assembled, choice, cost);
  }

  /// Refuses a call that may cost more than the configured limit of one call.
  ///
  /// @param remedy what to do then
  /// @throws UserError of kind UNPAID
  public void requireAffordable(Prepared prepared, String remedy) {
    double most = models.settings().spendUsdMax().doubleValue();
    if (prepared.isConnected()
        && !prepared.choice().isKeyMissing()
        && prepared.cost().mostUsd() > most) {
      throw new UserError(
          UserError.Kind.UNPAID,
          String.format(
              Locale.ROOT,
              "asking %s with %,d tokens may cost %s, more than the limit of %s for one call: %s",
              prepared.choice().model().id(),
              prepared.assembled().window().tokens(),
              Cost.display(prepared.cost().mostUsd()),
              Cost.display(most),
              remedy));
    }
  }

  /// Sends a window to its model, if there is one, and checks the citations of the answer.
  ///
  /// @param spender pays for the call
  /// @throws UserError if the spender refuses; then nothing was sent
  public AskResult send(Prepared prepared, Spender spender, Listener listener) {
    AskResult result = sent(prepared, spender, listener);
    if (prepared.choice().runner().isEmpty()
        || !(result instanceof AskResult.Replied(_, PaidReply paid, _))
        || !(paid.reply() instanceof Reply.Refused refused)) {
      return result;
    }
    // The runner may have been started anew, with another context or model.
    models.forget();
    return refused.kind() == Reply.Kind.OVERFLOW && !Budget.isNone(prepared.request().budget())
        ? sent(prepare(smaller(prepared), listener), spender, listener)
        : result;
  }

  /// Returns the request for a window that the runner takes: it has refused this one unread.
  private AskRequest smaller(Prepared prepared) {
    AskRequest request = prepared.request();
    int usable = models.choose(request.model()).promptTokens();
    int most = Math.min(usable, prepared.assembled().window().tokens());
    return request.within(Integer.toString(Math.max(1, (int) (SMALLER * most))));
  }

  private AskResult sent(Prepared prepared, Spender spender, Listener listener) {
    ModelChoice choice = prepared.choice();
    if (choice.key().isEmpty()) {
      listener.packed(prepared);
      return new AskResult.Evidence(
          prepared,
          "no model is connected, so this is the best of the evidence: set %s where Brimful runs, or start a local runner there"
              .formatted(choice.model().endpoint().keyVariable()));
    }
    if (choice.isKeyMissing()) {
      // A missing key is reported before anything about money: the call cannot leave.
      listener.packed(prepared);
      var refused = new Reply.Refused(Reply.Kind.KEY, choice.model().endpoint().missingKey());
      return new AskResult.Replied(
          prepared,
          new PaidReply(refused, Usage.UNREPORTED, 0, false, Duration.ZERO),
          Answer.of("", prepared.assembled().window()));
    }
    CallOptions options = prepared.request().options();
    // The price may have changed since the window was packed, because some prices depend on the
    // hour.
    Cost now =
        PaidCalls.cost(
            choice,
            prepared.assembled().window(),
            ExtraTokens.tokens(
                options, Images.of(options.images(), choice.model()), choice.model()),
            clock.instant());
    spender.requirePrice(choice, now);
    Spender.Reservation reservation = spender.reserve(now.mostUsd());
    try {
      listener.packed(prepared);
    } catch (RuntimeException e) {
      // Whoever hung up before the call left pays nothing.
      reservation.settle(0);
      throw e;
    }
    PaidReply paid =
        calls.send(choice, prepared.assembled().window(), options, reservation, listener);
    String text =
        switch (paid.reply()) {
          case Reply.Answered answered -> answered.text();
          case Reply.CutOff cut -> cut.text();
          case Reply.Refused _ -> "";
        };
    return new AskResult.Replied(prepared, paid, Answer.of(text, prepared.assembled().window()));
  }

  /// Fills the window for a question, and asks the model, if there is one.
  public AskResult ask(AskRequest request, Spender spender, Listener listener) {
    Prepared prepared = prepare(request, listener);
    requireAffordable(prepared, "lower the budget, or raise spend_usd_max where Brimful runs");
    return send(prepared, spender, listener);
  }
}
