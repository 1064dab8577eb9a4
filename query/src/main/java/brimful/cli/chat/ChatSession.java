package brimful.cli.chat;

import brimful.answer.Citation;
import brimful.ask.Reply;
import brimful.cli.option.IoFailure;
import brimful.cli.option.Terminal;
import brimful.cli.view.AnswerPrinter;
import brimful.cli.view.CallSummary;
import brimful.cli.view.PrefillBar;
import brimful.cli.view.SafeText;
import brimful.collection.Corpus;
import brimful.corpus.UserError;
import brimful.model.ModelChoice;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.service.AskRequest;
import brimful.service.AskResult;
import brimful.service.Budget;
import brimful.service.FollowUp;
import brimful.service.Prepared;
import brimful.service.QueryService;
import brimful.service.Spender;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/// A conversation about one corpus, line by line.
///
/// What goes wrong with a line is told in one line, and the session goes on. Used by one thread; to
/// stop an answer, interrupt that thread.
public final class ChatSession {
  /// More are forgotten, the oldest first; what is kept is packed like documents.
  private static final int TURNS_MAX = 200;

  private final Terminal terminal;
  private final QueryService service;
  private final Subject subject;
  private final Spender spender;

  /// Room for a question and a piece of a document.
  private static final int EVIDENCE_TOKENS_MIN = 200;

  private String model = "";
  private String budget = "";
  private final List<AskRequest.Turn> turns = new ArrayList<>();
  private List<ChatSource> sources = List.of();

  /// What a session is about, and how it is asked.
  ///
  /// @param prompt makes the prompt of a question
  /// @param limited whether a call above the spend limit is refused
  public record Subject(
      Corpus corpus,
      Function<String, Prompt> prompt,
      AskRequest.Shape shape,
      List<String> notes,
      boolean limited) {
    public Subject {
      notes = List.copyOf(notes);
    }
  }

  /// @param budget of the first windows; empty for the model's own
  public ChatSession(
      Terminal terminal, QueryService service, Subject subject, Spender spender, String budget) {
    this.terminal = terminal;
    this.service = service;
    this.subject = subject;
    this.spender = spender;
    if (!budget.isEmpty()) {
      this.budget = checked(budget, "");
    }
  }

  /// Does what a line says.
  ///
  /// @return whether the session goes on
  public boolean take(String line) {
    try {
      return did(ChatLine.of(line));
    } catch (CancellationException e) {
      stopped();
    } catch (UserError | UncheckedIOException e) {
      // An interrupt closes the file that is being written.
      if (Thread.currentThread().isInterrupted()) {
        stopped();
      } else {
        terminal.complain(line(e));
      }
      terminal.trace(e);
    }
    return true;
  }

  private static String line(RuntimeException e) {
    return e instanceof UserError error ? error.line() : IoFailure.line((UncheckedIOException) e);
  }

  private void stopped() {
    terminal.complain("stopped: ask again, or type /quit");
  }

  private boolean did(ChatLine line) {
    switch (line) {
      case ChatLine.Blank() -> {}
      case ChatLine.Ask(String question) -> ask(question);
      case ChatLine.ListSources() -> listSources();
      case ChatLine.OpenSource(int number) -> open(number);
      case ChatLine.SetBudget(String text) -> changeBudget(text);
      case ChatLine.SetModel(String name) -> changeModel(name);
      case ChatLine.Restart() -> {
        turns.clear();
        sources = List.of();
        say("a new conversation begins");
      }
      case ChatLine.Explain() -> say(ChatTexts.HELP.stripTrailing());
      case ChatLine.Quit() -> {
        return false;
      }
    }
    return true;
  }

  private void say(String text) {
    terminal.out().println(text);
    terminal.out().flush();
  }

  private void ask(String question) {
    ModelChoice choice = service.models().choose(model);
    choice.requireKey();
    boolean connected = choice.key().isPresent();
    var bar = new PrefillBar(terminal);
    var voice = new AnswerPrinter(terminal, bar, !connected, connected);
    AskRequest request =
        FollowUp.of(
            AskRequest.of(subject.corpus(), question, model, budget)
                .by(subject.prompt().apply(question))
                .in(subject.shape()),
            turns);
    Prepared prepared = service.prepare(request, voice).noting(subject.notes());
    if (subject.limited()) {
      service.requireAffordable(
          prepared, "type /budget 32k, start with --yes, or raise spend_usd_max");
    }
    if (connected) {
      terminal.note(CallSummary.before(prepared));
    }
    AskResult result;
    try (bar) {
      result = service.send(prepared, spender, voice);
    }
    switch (result) {
      case AskResult.Evidence evidence -> conclude(question, evidence);
      case AskResult.Replied replied -> conclude(question, replied);
    }
  }

  private void conclude(String question, AskResult.Evidence evidence) {
    sources = evidence.prepared().assembled().best().stream().map(ChatSource::of).toList();
    remember(question, "");
    Window window = evidence.prepared().assembled().window();
    evidence.prepared().assembled().notes().forEach(terminal::note);
    terminal.note(
        String.format(
            Locale.ROOT,
            "no model is connected, so this is the evidence: a window of %,d tokens would be sent; /sources lists these places",
            window.tokens()));
  }

  private void conclude(String question, AskResult.Replied replied) {
    terminal.out().println();
    Window window = replied.prepared().assembled().window();
    List<Citation> citations = replied.answer().citations();
    sources = citations.stream().map(citation -> ChatSource.of(citation, window)).toList();
    if (!sources.isEmpty()) {
      terminal.out().println();
      listSources();
    }
    switch (replied.reply()) {
      case Reply.Answered answered -> {
        answered.notice().ifPresent(terminal::complain);
        remember(question, answered.text());
        terminal.note(CallSummary.after(answered, replied));
      }
      case Reply.CutOff cut -> {
        remember(question, cut.text());
        terminal.complain(replied.error().orElseThrow().line());
      }
      case Reply.Refused _ -> terminal.complain(replied.error().orElseThrow().line());
    }
  }

  private void remember(String question, String answer) {
    turns.add(new AskRequest.Turn("user", question));
    if (!answer.isBlank()) {
      turns.add(new AskRequest.Turn("assistant", answer));
    }
    while (turns.size() > TURNS_MAX) {
      turns.removeFirst();
    }
  }

  private void listSources() {
    if (sources.isEmpty()) {
      say("no sources: " + (turns.isEmpty() ? "ask a question first" : "the answer cites none"));
      return;
    }
    for (int i = 0; i < sources.size(); i++) {
      String line = String.format(Locale.ROOT, "%3d  %s", i + 1, sources.get(i).line());
      terminal.out().println(SafeText.of(line));
    }
    terminal.out().flush();
  }

  private void open(int number) {
    if (number > sources.size()) {
      throw new UserError(
          UserError.Kind.USAGE,
          sources.isEmpty()
              ? "there is no source %s: ask a question first".formatted(number)
              : "there is no source %s: the last is %s, see /sources"
                  .formatted(number, sources.size()));
    }
    ChatSource source = sources.get(number - 1);
    say(source.line());
    say(
        source.text().isEmpty()
            ? "the window does not have this place"
            : source.text().stripTrailing());
  }

  private void changeBudget(String text) {
    if (!text.isEmpty()) {
      budget = checked(text, model);
    }
    int usable = service.models().choose(model).promptTokens();
    Budget now = Budget.parse(budget, usable);
    say(
        String.format(
            Locale.ROOT,
            "each window has %s%,d tokens at most",
            now.auto() ? "what pays, and " : "",
            now.tokens()));
  }

  /// Refuses a budget with which no question could be answered.
  private String checked(String text, String of) {
    ModelChoice choice = service.models().choose(of);
    Budget wanted = Budget.parse(text, choice.promptTokens());
    long frame = service.frameTokens(subject.prompt().apply(""), choice);
    if (wanted.tokens() < frame + EVIDENCE_TOKENS_MIN) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "budget of %,d tokens leaves no room for documents beside the rules for answers, which cost %,d: give at least %,d",
              wanted.tokens(),
              frame,
              frame + EVIDENCE_TOKENS_MIN));
    }
    return text;
  }

  private void changeModel(String name) {
    if (!name.isEmpty()) {
      ModelChoice choice = service.models().choose(name);
      choice.requireKey();
      Budget.parse(budget, choice.promptTokens());
      model = name;
    }
    ModelChoice choice = service.models().choose(model);
    say(
        "the model is %s%s"
            .formatted(
                choice.model().id(),
                choice.key().isPresent() ? "" : ", which is not connected: see brimful models"));
  }
}
