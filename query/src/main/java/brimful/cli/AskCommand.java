package brimful.cli;

import brimful.answer.Citation;
import brimful.ask.Reply;
import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.command.UntilStopped;
import brimful.cli.lead.LeadOptions;
import brimful.cli.lead.Leads;
import brimful.cli.option.Arguments;
import brimful.cli.option.DenseOption;
import brimful.cli.option.ExhaustiveOptions;
import brimful.cli.option.InstructionsOption;
import brimful.cli.option.ModelOptions;
import brimful.cli.option.PackOptions;
import brimful.cli.option.ProjectUse;
import brimful.cli.option.QuerySetup;
import brimful.cli.option.QuestionArgument;
import brimful.cli.option.ScopeOptions;
import brimful.cli.option.SessionLayout;
import brimful.cli.option.Shortcut;
import brimful.cli.option.Terminal;
import brimful.cli.view.AnswerPrinter;
import brimful.cli.view.CallSummary;
import brimful.cli.view.ExhaustiveView;
import brimful.cli.view.PrefillBar;
import brimful.cli.view.SafeText;
import brimful.cli.view.WindowSummary;
import brimful.collection.Corpus;
import brimful.corpus.UserError;
import brimful.model.CacheRule;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.pack.Layout;
import brimful.pack.Window;
import brimful.pack.format.WindowFormat;
import brimful.rank.Rescorer;
import brimful.service.AskRequest;
import brimful.service.AskResult;
import brimful.service.Budget;
import brimful.service.Prepared;
import brimful.service.QueryService;
import brimful.service.Spender;
import brimful.view.AnswerJson;
import brimful.view.JsonTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    brimful ask ([PATH…] | --collection NAME) "QUESTION" [--model M] [--base-url URL] [--budget N] [--json] [--yes]

    Brings the index of PATH up to date (only what changed is read), packs the model's window with
    what matters to the question, shows the cost, sends it once, and prints the answer as it comes.
    Each citation is then checked against the window: one that does not stand there is marked.
    A question has 200,000 characters at most: put what is longer into a file.

    The model is the one of --model, else the configured one, else deepseek-flash if there is a key
    for it, else a local runner on its usual port (LM Studio, Ollama, vLLM, llama.cpp, SGLang). With
    none of these the ranked evidence is shown instead.

    Without a PATH, the question is about this folder. A PATH of - is standard input, and so is a QUESTION of -.

    --diff [REV] and --log N put changes and commits in front of the files around them; see brimful pack --help.

    --exhaustive reads all of a corpus that is larger than a window: it cuts the documents into windows,
    asks each what it holds towards the answer, checks the quotes, and makes one answer of them. It
    says first what that costs, and asks; --yes sends it, --max-cost limits it. Windows without any
    word of the question are skipped and listed; --all-windows reads them. What was asked is kept, so
    that the same command goes on after a stop without paying twice.

    --dense weighs prose and chat by meaning before the window is packed, on this machine; see
    brimful pack --help for what it costs.

      brimful "how does rebalancing work?"              about this folder: brimful ask . "…"
      brimful ask reports/ "what were the capital expenditures of 2023?" --budget 128k
      git diff | brimful ask - "what does this change?"
      brimful ask . --diff main --log 10 "does this change break anything?"
      brimful ask contracts/ "list all notice periods" --exhaustive --max-cost 5
      brimful ask . "where are retries bounded?" --base-url http://127.0.0.1:11434/v1
    """;
  }

  @Override
  public Options options() {
    return ExhaustiveOptions.in(
            LeadOptions.in(ProjectUse.in(ScopeOptions.in(PackOptions.shared()))))
        .addOption(
            PackOptions.option("base-url", "URL", "an OpenAI-compatible server to ask instead"))
        .addOption(InstructionsOption.option())
        .addOption(PackOptions.option("reply", "N", "tokens kept free for the answer"))
        .addOption(PackOptions.flag("json", "print one JSON object when all is done"))
        .addOption(
            Option.builder("y")
                .longOpt("yes")
                .desc("send it even if it may cost more than the spend limit")
                .get());
  }

  @Override
  public ExitCode run(Arguments given) {
    List<String> words = here(given);
    if (words.size() < (given.has("collection") ? 1 : 2)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "brimful ask needs a PATH and a QUESTION, in this order: brimful ask . \"how does it work?\"");
    }
    if (!given.has("collection")) {
      Shortcut.requireQuotes(words);
    }
    Arguments arguments = ProjectUse.applied(given, words.subList(0, words.size() - 1), terminal);
    Corpus corpus = CorpusArgument.of(arguments, words.subList(0, words.size() - 1), terminal);
    String question =
        words.size() == 1
            ? QuestionArgument.of(words.getLast(), terminal)
            : QuestionArgument.last(words, terminal);
    if (question.isBlank()) {
      throw new UserError(UserError.Kind.USAGE, "the question is empty: ask something");
    }
    return DenseOption.use(
        arguments, terminal, rescorer -> ask(arguments, corpus, question.strip(), rescorer));
  }

  /// Returns the words, with this folder where a question alone is given.
  private static List<String> here(Arguments arguments) {
    List<String> words = arguments.words();
    return words.size() == 1
            && !arguments.has("collection")
            && Shortcut.isQuestion(words.getFirst())
        ? List.of(".", words.getFirst())
        : words;
  }

  private ExitCode ask(Arguments arguments, Corpus corpus, String question, Rescorer rescorer) {
    QueryService service =
        QuerySetup.service(
            ModelOptions.environment(arguments, terminal), arguments, terminal, rescorer);
    ModelChoice choice = ModelOptions.choice(arguments, service.models());
    choice.requireKey();
    if (ExhaustiveOptions.areGiven(arguments)) {
      return new ExhaustiveAsk(terminal, arguments, service, choice)
          .run(CorpusArgument.scoped(arguments, corpus, terminal), question);
    }
    boolean json = arguments.has("json");
    var bar = new PrefillBar(terminal);
    var voice =
        new AnswerPrinter(
            terminal, bar, choice.key().isEmpty() && !json, choice.key().isPresent() && !json);
    Corpus scoped = CorpusArgument.scoped(arguments, corpus, terminal);
    Optional<Leads> leads = CorpusArgument.leads(arguments, corpus, scoped, terminal);
    AskRequest request =
        request(arguments, scoped, question, choice)
            .in(
                new AskRequest.Shape(
                    WindowFormat.XML,
                    (model, tokens) ->
                        leads
                            .map(it -> it.layout(model.tokenizer(), tokens))
                            .orElseGet(() -> layout(arguments, model, tokens))));
    Prepared packed = service.prepare(request, voice);
    Window window = packed.assembled().window();
    List<String> notes = new ArrayList<>(leads.map(it -> it.notes(window)).orElse(List.of()));
    notes.addAll(ExhaustiveView.hint(packed));
    if (packed.isConnected()) {
      notes.forEach(terminal::note);
    }
    Prepared prepared = packed.noting(notes).noting(CorpusArgument.notes(arguments));
    if (!arguments.has("yes")) {
      service.requireAffordable(prepared, "add --yes, lower --budget, or raise spend_usd_max");
    }
    if (prepared.isConnected()) {
      terminal.note(CallSummary.before(prepared));
    }
    Spender spender = QuerySetup.spender(service.models().settings());
    return UntilStopped.run(() -> {
      AskResult result;
      try (bar) {
        result = service.send(prepared, spender, voice);
      }
      return switch (result) {
        case AskResult.Evidence evidence -> showEvidence(arguments, evidence);
        case AskResult.Replied replied -> show(arguments, replied);
      };
    });
  }

  private AskRequest request(
      Arguments arguments, Corpus corpus, String question, ModelChoice choice) {
    int usable = choice.promptTokens();
    Budget budget = PackOptions.budget(arguments, usable);
    if (budget.tokens() > usable) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "%s %,d is more than the %,d tokens that %s can read beside its reply: lower it",
              arguments.said("budget"),
              budget.tokens(),
              usable,
              choice.model().id()));
    }
    return AskRequest.of(
            corpus, question, "", budget.auto() ? "auto" : Integer.toString(budget.tokens()))
        .by(InstructionsOption.prompt(arguments, question));
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

  private ExitCode showEvidence(Arguments arguments, AskResult.Evidence evidence) {
    if (arguments.has("json")) {
      terminal.out().print(JsonTrees.pretty(AnswerJson.of(evidence)));
      return ExitCode.OK;
    }
    Prepared prepared = evidence.prepared();
    terminal.note(
        WindowSummary.receipt(prepared.assembled(), prepared.choice().model(), prepared.cost()));
    terminal.note(
        "no model is connected, so this is the best of the evidence: set %s, start a local runner, or see brimful config --help"
            .formatted(prepared.choice().model().endpoint().keyVariable()));
    return ExitCode.OK;
  }

  private ExitCode show(Arguments arguments, AskResult.Replied replied) {
    if (replied.reply() instanceof Reply.Refused refused) {
      return refuse(refused, replied.error().orElseThrow());
    }
    boolean stopped = Thread.interrupted();
    if (arguments.has("json")) {
      terminal.out().print(JsonTrees.pretty(AnswerJson.of(replied)));
    } else {
      terminal.out().println();
      List<Citation> citations = replied.answer().citations();
      if (!citations.isEmpty()) {
        terminal.out().println();
        citations.forEach(citation -> terminal.out().println(SafeText.of(citation.line())));
      }
    }
    return conclude(replied, stopped);
  }

  private ExitCode refuse(Reply.Refused refused, UserError error) {
    if (refused.kind() != Reply.Kind.INTERRUPTED) {
      throw error;
    }
    terminal.complain(error.line());
    return ExitCode.INTERRUPTED;
  }

  /// Says what the call came to.
  ///
  /// @param stopped whether a person stopped it
  private ExitCode conclude(AskResult.Replied replied, boolean stopped) {
    return switch (replied.reply()) {
      case Reply.CutOff _ when stopped -> {
        terminal.complain(replied.error().orElseThrow().line());
        yield ExitCode.INTERRUPTED;
      }
      case Reply.Refused _, Reply.CutOff _ -> throw replied.error().orElseThrow();
      case Reply.Answered answered -> {
        answered.notice().ifPresent(terminal::complain);
        terminal.note(CallSummary.after(answered, replied));
        yield answered.text().isBlank()
            ? ExitCode.NO_ANSWER
            : answered.notice().isPresent() ? ExitCode.CUT_OFF : ExitCode.OK;
      }
    };
  }
}
