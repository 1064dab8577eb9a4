package brimful.cli;

import brimful.answer.Answer;
import brimful.ask.Asker;
import brimful.ask.CacheRule;
import brimful.ask.Cost;
import brimful.ask.ModelChoice;
import brimful.ask.ModelProfile;
import brimful.ask.PrefixPlan;
import brimful.ask.Reply;
import brimful.ask.Settings;
import brimful.collection.Corpus;
import brimful.corpus.Chunk;
import brimful.corpus.UserError;
import brimful.pack.Format;
import brimful.pack.Layout;
import brimful.pack.Prompt;
import brimful.window.Assembled;
import brimful.window.Budget;
import brimful.window.Filler;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Answers a question from a corpus, with citations; without a model, shows the evidence.
final class AskCommand implements Command {
  private final Terminal terminal;

  AskCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "ask";
  }

  @Override
  public String summary() {
    return "answers a question from a folder or repository, with citations";
  }

  @Override
  public String help() {
    return """
    brimful ask (PATH… | --collection NAME) "QUESTION" [--model M] [--base-url URL] [--budget N] [--json] [--yes]

    Brings the index of PATH up to date (only what changed is read), packs the model's window with
    what matters to the question, shows the cost, sends it once, and prints the answer as it comes.
    Each citation is then checked against the window: one that does not stand there is marked.
    A question has 200,000 characters at most: put what is longer into a file.

    The model is the one of --model, else the configured one, else deepseek-flash if there is a key
    for it, else a local runner on its usual port (LM Studio, Ollama, vLLM, llama.cpp, SGLang). With
    none of these the ranked evidence is shown instead.

    A PATH of - is standard input, and so is a QUESTION of -.

    --dense weighs prose and chat by meaning before the window is packed, on this machine; see
    brimful pack --help for what it costs.

      brimful ask . "how does rebalancing work?"
      brimful ask reports/ "what were the capital expenditures of 2023?" --budget 128k
      git diff | brimful ask - "what does this change?"
      brimful ask . "where are retries bounded?" --base-url http://127.0.0.1:11434/v1
    """;
  }

  @Override
  public Options options() {
    return PackOptions.shared()
        .addOption(
            PackOptions.option("base-url", "URL", "an OpenAI-compatible server to ask instead"))
        .addOption(PackOptions.option("reply", "N", "tokens kept free for the answer"))
        .addOption(PackOptions.flag("json", "print one JSON object when all is done"))
        .addOption(
            Option.builder("y")
                .longOpt("yes")
                .desc("send it even if it may cost more than the spend limit")
                .get());
  }

  @Override
  public ExitCode run(Arguments arguments) {
    List<String> words = arguments.words();
    if (words.size() < (arguments.has("collection") ? 1 : 2)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "brimful ask needs a PATH and a QUESTION, in this order: brimful ask . \"how does it work?\"");
    }
    Corpus corpus = CorpusArgument.of(arguments, words.subList(0, words.size() - 1), terminal);
    String question =
        words.size() == 1
            ? QuestionArgument.of(words.getLast(), terminal)
            : QuestionArgument.last(words, terminal);
    Settings settings = ModelOptions.settings(arguments, terminal);
    ModelChoice choice = ModelOptions.choice(arguments, settings, terminal);
    boolean showsEvidence = choice.key().isEmpty() && !arguments.has("json");
    Pipeline.Task task = task(arguments, corpus, question, choice);
    // The answer starts here where no model gives one; the window is still to be packed.
    Consumer<List<Chunk>> show =
        best -> {
          if (showsEvidence) {
            Evidence.print(best, terminal.out());
          }
        };
    Assembled assembled =
        Dense.use(arguments, terminal, rescorer -> new Pipeline(rescorer).assemble(task, show));
    Cost cost =
        Cost.estimate(
            choice.model(),
            (long) assembled.window().tokens()
                + choice.model().limits().templateTokens()
                + (assembled.window().prefix().isEmpty() ? 0 : PrefixPlan.TURN_TOKENS),
            choice.replyTokens(),
            Instant.now());
    if (choice.key().isEmpty()) {
      return showEvidence(arguments, choice, assembled, cost);
    }
    confirm(arguments, settings, choice, assembled, cost);
    return send(arguments, settings, choice, assembled, cost);
  }

  private Pipeline.Task task(
      Arguments arguments, Corpus corpus, String question, ModelChoice choice) {
    if (question.isBlank()) {
      throw new UserError(UserError.Kind.USAGE, "the question is empty: ask something");
    }
    int usable = choice.promptTokens();
    Budget budget = PackOptions.budget(arguments, usable);
    if (budget.tokens() > usable) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "--budget %,d is more than the %,d tokens that %s can read beside its reply: lower it",
              budget.tokens(),
              usable,
              choice.model().id()));
    }
    Layout layout = layout(arguments, choice.model(), budget.tokens());
    int turn = layout instanceof Layout.Cacheable ? PrefixPlan.TURN_TOKENS : 0;
    return new Pipeline.Task(
        corpus,
        choice.model().tokenizer(),
        new Filler.Task(
            Prompt.of(question.strip()),
            question.strip(),
            new Budget(budget.tokens() - turn, budget.auto()),
            Format.XML,
            layout));
  }

  private Layout layout(Arguments arguments, ModelProfile model, int budget) {
    if (model.cache().match() == CacheRule.Match.MARKS && arguments.has("session")) {
      terminal.note(
          "%s caches only what is marked, which OpenAI's protocol cannot: --session changes nothing"
              .formatted(model.id()));
      return Layout.CANONICAL;
    }
    return SessionLayout.of(arguments, model, budget, terminal);
  }

  private ExitCode showEvidence(
      Arguments arguments, ModelChoice choice, Assembled assembled, Cost cost) {
    if (arguments.has("json")) {
      terminal.out().print(AskJson.evidence(assembled, choice.model(), cost));
      return ExitCode.OK;
    }
    terminal.note(Account.receipt(assembled, choice.model(), cost));
    terminal.note(
        "no model is connected, so this is the best of the evidence: set %s, start a local runner, or see brimful config --help"
            .formatted(choice.model().endpoint().keyVariable()));
    return ExitCode.OK;
  }

  /// Says what the call costs, and stops if that is more than the person wants to spend unasked.
  private void confirm(
      Arguments arguments, Settings settings, ModelChoice choice, Assembled assembled, Cost cost) {
    boolean dear = cost.mostUsd() > settings.spendUsdMax().doubleValue();
    if (dear && !arguments.has("yes")) {
      throw new UserError(
          UserError.Kind.UNPAID,
          String.format(
              Locale.ROOT,
              "asking %s with %,d tokens may cost %s, more than the limit of %s: add --yes, lower --budget, or raise spend_usd_max",
              choice.model().id(),
              assembled.window().tokens(),
              Cost.display(cost.mostUsd()),
              Cost.display(settings.spendUsdMax().doubleValue())));
    }
    terminal.note(
        String.format(
            Locale.ROOT,
            "asking %s: %,d tokens of %,d documents%s",
            choice.model().id(),
            assembled.window().tokens(),
            Account.documents(assembled.window()),
            cost.known()
                ? ", %s to read them, %s if cached"
                    .formatted(Cost.display(cost.missUsd()), Cost.display(cost.hitUsd()))
                : ""));
  }

  private ExitCode send(
      Arguments arguments, Settings settings, ModelChoice choice, Assembled assembled, Cost cost) {
    boolean json = arguments.has("json");
    Instant sent = Instant.now();
    Reply reply =
        new Asker(choice.model(), choice.key().orElseThrow(), settings)
            .ask(
                assembled.window(),
                delta -> {
                  if (!json) {
                    terminal.out().print(delta);
                    terminal.out().flush();
                  }
                });
    if (reply instanceof Reply.Refused refused) {
      return refuse(refused);
    }
    String text =
        switch (reply) {
          case Reply.Refused _ -> "";
          case Reply.CutOff cutOff -> cutOff.text();
          case Reply.Answered answered -> answered.text();
        };
    Answer answer = Answer.of(text, assembled.window());
    if (json) {
      terminal
          .out()
          .print(AskJson.answer(reply, answer, new AskJson.Call(choice, assembled, cost, sent)));
    } else {
      terminal.out().println();
      if (!answer.citations().isEmpty()) {
        terminal.out().println();
        answer.citations().forEach(citation -> terminal.out().println(citation.line()));
      }
    }
    return conclude(reply, choice, sent);
  }

  private ExitCode refuse(Reply.Refused refused) {
    if (refused.kind() != Reply.Kind.INTERRUPTED) {
      throw refused.error().orElseThrow();
    }
    terminal.complain(refused.message());
    return ExitCode.INTERRUPTED;
  }

  /// Says what the call came to.
  private ExitCode conclude(Reply reply, ModelChoice choice, Instant sent) {
    return switch (reply) {
      case Reply.Refused _, Reply.CutOff _ -> throw reply.error().orElseThrow();
      case Reply.Answered answered -> {
        answered.notice().ifPresent(terminal::complain);
        terminal.note(usage(answered, choice, sent));
        yield answered.text().isBlank()
            ? ExitCode.NO_ANSWER
            : answered.notice().isPresent() ? ExitCode.CUT_OFF : ExitCode.OK;
      }
    };
  }

  private static String usage(Reply.Answered answered, ModelChoice choice, Instant sent) {
    String model = answered.model().isEmpty() ? choice.model().id() : answered.model();
    if (!answered.usage().reported()) {
      return "%s did not say what it used; %s s".formatted(model, Account.seconds(answered.took()));
    }
    double usd = Cost.of(choice.model(), answered.usage(), sent);
    return String.format(
        Locale.ROOT,
        "%s: %,d tokens in (%.0f %% cached), %,d out, %s, %s s",
        model,
        answered.usage().prompt(),
        100 * answered.usage().cachedShare(),
        answered.usage().completion(),
        Cost.display(usd),
        Account.seconds(answered.took()));
  }
}
